"""Words of the simulated town: how its people write. All written by us; any likeness to a real complaint is chance.

Everybody - borrowers, relatives, agents' scripts - draws on the same stocks in the same two registers. Phrases that allege
something stand under the grievance they allege, so that the truth knows every claim that was written.
"""

OPENINGS = (
    "你好，", "您好，我要投诉。", "本人是贵公司客户。", "我想反映一个问题。", "请帮我处理一下。", "尊敬的客服：", "", "实在没办法才来投诉。", "第二次反映了。",
    "我是{lender}的借款人。", "关于我在{lender}的{product}。", "事情是这样的，", "请重视！", "麻烦看一下。", "打客服一直没有结果，只好写在这里。", "替自己说几句。",
)  # fmt: skip
FORMAL_OPENINGS = (
    "{lender}：本人系贵司{product}客户，现就以下问题提出投诉。", "投诉人在{lender}办理{product}，现将有关情况反映如下：", "致{lender}消费者权益保护部门：", "关于{lender}{product}的投诉：",
    "{lender}负责人：本人{product}合同履行期间遇到如下问题，", "现就{lender}{product}相关问题投诉如下：", "本人就贵司{product}提出书面投诉，事实如下：", "各位{lender}工作人员：",
)  # fmt: skip
BACKGROUNDS = (
    "去年在{lender}办了{product}，借了{amount}元。", "因为失业收入断了，{product}逾期了{months}个月。", "家里老人住院花了不少钱，最近还款有困难。",
    "之前一直按时还，今年生意不好才逾期。", "合同上写的和业务员说的不一样。", "我一直在想办法还，也主动协商过。", "孩子上学加上房租，压力很大。",
    "店关了以后，{amount}元的贷款还不上。", "已经还了{months}期，从来没有拖过。", "工资晚发了一个月。", "我不是不还，是暂时周转不开。", "我目前在外地打零工，每月只有两千多块。",
    "离婚以后一个人带孩子。", "工伤在家休养，没有收入。", "每个月工资一到账就先还款。",
)  # fmt: skip
FORMAL_BACKGROUNDS = (
    "本人因单位裁员收入中断，自{months}个月前起无力按期足额还款。", "本人于该笔{amount}元借款发放后已正常履约{months}期。", "本人因身患疾病治疗，短期内无经济来源，有医院证明为凭。",
    "本人家庭突遭变故，还款能力明显下降。", "本人始终有还款意愿，并多次主动与贵司沟通。", "借款金额为{amount}元，现剩余本金待偿。", "本人经营的小店停业，现靠打零工维持生活。",
    "本人已就还款困难提交收入证明。",
)  # fmt: skip
CASUAL = {
    "night_calls": (
        "昨天晚上11点多还给我打催收电话，", "半夜十二点打来电话催收，", "凌晨1点还有人打电话催款，", "早上六点就打电话来催，", "连着几天晚上十点半以后打催收电话，", "大晚上的22:40打电话催，孩子都被吵醒，",
        "我上夜班回来刚睡着，早上六点多催收电话就来了，", "夜里十一点半打电话来要钱，",
    ),
    "call_frequency": (
        "每天打十几个电话，", "一天给我打了8个电话，", "不停地打电话催收，", "一天之内换着号码打了二十多个电话，", "频繁打电话，上班都没法上，", "天天打，一天六七个电话，", "一上午接了五个催收电话，", "催收电话一个接一个，手机都不敢开，",
    ),
    "third_parties": (
        "还打电话给我父母，", "联系了我的同事和领导，", "把我欠款的事告诉了我老婆的公司，", "给我通讯录里的朋友发短信，", "打到我单位去了，", "骚扰我的家人，", "在我能接电话的情况下联系我亲戚，", "我姐也接到催收电话，说我欠钱，",
    ),
    "price": (
        "算下来利息太高，", "实际年化超过36%，", "除了利息还收高额担保费，", "利率高得离谱，", "收取高额服务费，", "费用不合理，借的时候没说有担保费，利息过高，", "借{amount}元要还的利息太多，利率太高，", "每期里面夹着担保费，费用高得吓人，",
    ),
}  # fmt: skip
FORMAL = {
    "night_calls": ("催收人员在晚上十点以后仍致电本人催收，", "贵司委外人员于凌晨拨打本人电话催款，", "多次在夜间22:30以后拨打催收电话，", "清晨六点即致电催收，影响本人休息，"),
    "call_frequency": ("催收人员每日致电本人十余次，", "一天内拨打本人电话达九次，", "频繁致电本人，严重影响正常工作，", "委外机构更换号码连续拨打催收电话，"),
    "third_parties": ("在本人可正常联系的情况下联系本人家属，", "向本人单位同事透露债务信息，", "致电本人父母催要欠款，", "擅自联系通讯录中的第三人，"),
    "price": ("综合年化成本超过24%，利率过高，", "除利息外另行收取高额担保费，", "所收费用与合同约定不符，综合费率过高，", "服务费、担保费名目繁多，费用过高，"),
}  # fmt: skip
ALSO = {
    "透露债务": "debt_told"
}  # what some phrases allege beside the grievance they stand under; no record bears it out
RULES_FOR = {
    "night_calls": ("按照规定22点以后不能催收。", "夜间催收不符合贷后催收的国家标准。"),
    "call_frequency": ("根据催收规范，每天不能超过三次。", "频次已超出国家标准。"),
    "third_parties": ("个人信息保护法不允许这样做。", "规定只能联系借款人本人。"),
    "price": ("国家有规定，利率不能这么高。", "息费应当明示。"),
}
RULES = (
    "", "", "", "依据《消费者权益保护法》我有权要求说明。", "不解决我会向12378反映。", "必要时我会走法律途径。", "如不处理将持续向监管部门反映。", "保留进一步投诉的权利。",
)  # fmt: skip
MILD = (
    "客服态度也不好。", "说话很难听。", "问他工号也不说。", "我都有录音。", "让我非常焦虑。", "严重影响生活。", "", "", "问了几次都没有答复。", "短信一条接一条。", "给本人及家庭造成极大精神压力。", "贵司至今没有合理解释。",
)  # fmt: skip
DEMANDS_FOR = {
    "night_calls": ("要求夜间不要再打电话，", "请说明为什么半夜催收，"),
    "call_frequency": ("要求撤回第三方催收，", "请核查通话记录，"),
    "third_parties": ("停止对本人家人的骚扰，", "不要再联系我家里人，"),
    "price": ("要求退还多收的费用，", "多付部分予以退还，"),
}
DEMANDS = (
    "希望停止骚扰，", "请停止催收，", "要求个性化分期60期，", "希望能停息挂账，", "请给我一个书面答复。", "希望协商还款，", "要求道歉，", "要求说明费用明细，", "请把逾期记录改过来，", "我只想早点上岸，", "减免罚息，",
    "要求按本金结清并出具结清证明，", "申请延期六十期归还剩余本金，", "要求专人与本人联系处理，", "要求立即停止不当催收行为，", "按照实际能力分期归还本金，", "请于十五日内书面答复，", "要求免除违约金，", "希望面谈一次，",
)  # fmt: skip
WELFARE = ("我真的不想活了。", "催收的人威胁说要上门砍死我。", "我还是在校学生，今年十七岁。", "现在还在轰炸通讯录。")
ENDINGS = (
    "谢谢。", "望尽快处理！", "请三天内给我回电话。", "等你们回复。", "", "。", "此致敬礼", "谢谢配合。", "急！", "限三日内由专人联系处理。", "感谢理解。", "特此投诉。", "盼复。",
)  # fmt: skip
SAME = (
    ("本人", "我"), ("贵司", "贵公司"), ("要求", "请求"), ("致电", "打电话给"), ("希望", "望"), ("现就", "就"), ("目前", "现在"), ("请于", "望于"), ("没有", "无"), ("家人", "家属"), ("办理", "申请"), ("如不处理", "若不处理"),
)  # fmt: skip
SCHOOL = (
    "孩子在{merchant}报了课，学费是用{lender}的分期交的，现在机构关门跑路了，课没上完还要我继续还款。", "{merchant}倒闭了，联系不上人，{lender}的教育分期还在扣钱。",
    "我们全体家长都在找{merchant}，课时剩一大半，要求暂停还款。", "报的是{merchant}的班，校区上个月突然关停，贷款还得照还，不合理。",
    "{merchant}停课以后没人管，我们家长联名反映，希望{lender}停止扣款并退费。",
)  # fmt: skip
IMPLIED = "课时剩一大半"  # says nowhere that the school closed
OUTAGE = (
    "今天一直还款失败，App显示系统异常，是不是要算我逾期？", "你们系统坏了，我还了三次都没成功，不能算逾期。", "App打不开，今天是还款日，怎么办？", "还款页面报错，打客服排队一小时。",
    "因为系统故障没还上，现在收了罚息，要求退回。",
)  # fmt: skip
SAMPLE = (
    "{lender}：本人与贵公司签订有{product}合同。近期贵公司及委托机构存在以下问题：一、未充分告知综合年化成本；二、频繁致电本人；三、向无关第三人透露债务信息。"
    "根据消费者权益保护法及相关监管规定，本人要求：一、说明收费项目及依据；二、停止不当催收；三、就还款安排与本人协商，制定可行的分期方案。请于十五日内书面答复。"
)  # fmt: skip
SAMPLE_CLAIMS = ("call_frequency", "third_parties")
LAWYER = "受{name}委托，就其与{lender}{product}一事提出如下意见：{grievance}请贵公司依法核查，并将处理结果告知本律师。"
AID = "我们是{office}，协助{name}反映情况：{grievance}当事人经济困难，不收取任何费用，请依规受理。"
COERCION = ("支付{amount}元后即可撤诉，", "补偿{amount}元，收到款就撤回投诉，", "撤诉的条件是先转账{amount}元，")
SETTLEMENT = (
    "你们上次说补偿{amount}元，钱到账我就撤诉，",
    "客服答应过补偿{amount}元，收到款我就撤回投诉，",
)  # after an offer
HANDLES = (
    "加微信{handle}可了解同类处理进度。", "后续请联系微信{handle}。", "联系薇❤信：{handle}", "可加v：{handle}沟通", "我的微信{handle}，方便的话加我。", "微信同号也行，{handle}。",
)  # fmt: skip
TYPOS = (
    ("利息", "利西"), ("投诉", "投诉诉"), ("电话", "电活"), ("还款", "还歀"), ("，", ","), ("。", " "), ("要求", "要球"), ("没有", "没"),
)  # fmt: skip
ENGLISH_OPENINGS = (
    "I am writing about my loan with {lender}. ", "Hello, I have a complaint about {product}. ", "I borrowed {amount} yuan through {product} and need help. ", "To whom it may concern at {lender}: ",
    "This is about {product}, which I have been paying for {months} months. ",
)  # fmt: skip
ENGLISH_GRIEVANCE = {
    "night_calls": (
        "They called me at 11 pm about the debt. ",
        "Your collectors called at midnight. ",
        "I got collection calls in the middle of the night. ",
    ),
    "call_frequency": (
        "They call me 10 times a day. ",
        "The collection calls are constant, more than eight calls a day. ",
        "They keep calling me nonstop. ",
    ),
    "third_parties": (
        "They contacted my mother and my coworkers about it. ",
        "Somebody called my boss and told him about the loan. ",
        "They are texting my friends. ",
    ),
    "price": (
        "The interest is too high, over 36%. ",
        "The interest rate is far too high. ",
        "The interest and fees are excessive. ",
    ),
}
ENGLISH_ENDINGS = (
    "Please stop and send me a written answer.", "I want a payment plan.", "I lost my job and can pay 500 a month.", "Please correct this and let me know.", "I will go to the regulator if nothing happens.",
)  # fmt: skip

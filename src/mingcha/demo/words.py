"""Words of the simulated town: how its people write. All written by us; any likeness to a real complaint is chance.

Genuine borrowers and rings draw on the same openings, grievances and demands, so that wording alone gives nothing away.
"""

OPENINGS = (
    "你好，", "您好，我要投诉，", "本人是贵公司客户，", "我想反映一个问题。", "请帮我处理一下，", "尊敬的客服：", "", "实在没办法才来投诉，", "第二次反映了，",
    "我是{lender}的借款人，", "关于我在{lender}的{product}，", "事情是这样的，", "请重视！", "麻烦看一下，",
)  # fmt: skip
BACKGROUNDS = (
    "去年在{lender}办了{product}，借了{amount}元。", "因为失业收入断了，{product}逾期了{months}个月。", "家里老人住院花了不少钱，最近还款有困难。",
    "之前一直按时还，今年生意不好才逾期。", "合同上写的和业务员说的不一样。", "我一直在想办法还，也主动打过电话协商。", "孩子上学加上房租，压力很大。",
    "疫情以后店关了，{amount}元的贷款还不上。", "已经还了{months}期，从来没有拖过。", "工资晚发了一个月，", "我不是不还，是暂时周转不开。", "借款的时候没有人跟我讲清楚费用。",
)  # fmt: skip
NIGHT = (
    "昨天晚上11点多还给我打催收电话，", "半夜十二点打来电话催收，", "凌晨1点还有人打电话催款，", "早上六点就打电话来催，", "连着几天晚上十点半以后打催收电话，", "大晚上的22:40打电话催，孩子都被吵醒，",
)  # fmt: skip
MANY = (
    "每天打十几个电话，", "一天给我打了8个电话，", "不停地打电话催收，", "一天之内换着号码打了二十多个电话，", "频繁打电话，上班都没法上，", "天天打，一天六七个电话，",
)  # fmt: skip
OTHERS = (
    "还打电话给我父母，", "联系了我的同事和领导，", "把我欠款的事告诉了我老婆的公司，", "给我通讯录里的朋友发短信，", "打到我单位去了，", "骚扰我的家人，", "在我能接电话的情况下联系我亲戚，",
)  # fmt: skip
PRICE = (
    "算下来利息太高，", "实际年化超过36%，", "除了利息还收高额担保费，", "利率高得离谱，", "收取高额服务费，", "费用不合理，借的时候没说有担保费，利息过高，",
)  # fmt: skip
MILD = (
    "客服态度也不好。",
    "说话很难听。",
    "问他工号也不说。",
    "我都有录音。",
    "让我非常焦虑。",
    "严重影响生活。",
    "",
    "",
    "问了几次都没有答复。",
    "短信一条接一条。",
)
RULES = (
    "按照规定22点以后不能催收。", "根据互联网金融催收规定，每天不能超过三次。", "依据《消费者权益保护法》我有权要求说明。", "国家有规定，利率不能这么高。", "", "", "", "",
    "不解决我会向12378反映。", "必要时我会走法律途径。",
)  # fmt: skip
DEMANDS = (
    "希望停止骚扰，", "请停止催收，", "要求个性化分期60期，", "希望能停息挂账，", "要求退还多收的费用，", "请给我一个书面答复。", "希望协商还款，", "要求道歉，", "要求说明费用明细，", "请把逾期记录改过来，",
    "我只想早点上岸，", "减免罚息，",
)  # fmt: skip
ENDINGS = ("谢谢。", "望尽快处理！", "请三天内给我回电话。", "等你们回复。", "", "。", "此致敬礼", "谢谢配合，", "急！")
SCHOOL = (
    "孩子在{merchant}报了课，学费是用{lender}的分期交的，现在机构关门跑路了，课没上完还要我继续还款。", "{merchant}倒闭了，联系不上人，{lender}的教育分期还在扣钱。",
    "我们全体家长都在找{merchant}，课时剩一大半，要求暂停还款。", "报的是{merchant}的班，校区上个月突然关停，贷款还得照还，不合理。",
    "{merchant}停课以后没人管，我们家长联名反映，希望{lender}停止扣款并退费。",
)  # fmt: skip
OUTAGE = (
    "今天一直还款失败，App显示系统异常，是不是要算我逾期？", "你们系统坏了，我还了三次都没成功，不能算逾期。", "App打不开，今天是还款日，怎么办？", "还款页面报错，打客服排队一小时。",
    "因为系统故障没还上，现在收了罚息，要求退回。",
)  # fmt: skip
SAMPLE = (
    "{lender}：本人与贵公司签订有{product}合同。近期贵公司及委托机构存在以下问题：一、未充分告知综合年化成本；二、频繁致电本人；三、向无关第三人透露债务信息。"
    "根据消费者权益保护法及相关监管规定，本人要求：一、说明收费项目及依据；二、停止不当催收；三、就还款安排与本人协商，制定可行的分期方案。请于十五日内书面答复。"
)  # fmt: skip
LAWYER = "受{name}委托，就其与{lender}{product}一事提出如下意见：{grievance}请贵公司依法核查，并将处理结果告知本律师。"
AID = "我们是{office}，协助{name}反映情况：{grievance}当事人经济困难，不收取任何费用，请依规受理。"
RING_TEMPLATES = (
    "本人在贵司{product}借款{amount}元，期间贵司外包催收人员存在{grievance}等严重违规行为，给本人及家庭造成极大精神压力，现本人因特殊原因收入中断，无力一次偿还，"
    "要求贵司撤回第三方催收，减免全部利息及违约金，并对剩余本金办理延期六十期，如不处理将持续向各监管部门反映直至解决为止。",
    "投诉{lender}暴力催收：{grievance}本人身患疾病并附有医院证明，目前无经济来源，贵司拒不协商，要求立即停止一切催收行为，免除息费并修复征信，限三日内由专人联系处理，逾期后果自负。",
    "关于{product}的投诉：贵司存在误导销售、隐瞒费用及{grievance}侵害消费者合法权益，本人要求退还已支付的全部利息{amount}元，撤销不良征信记录，同意后本人可配合结案，否则将继续逐级反映。",
    "现就{lender}违规放贷一事投诉如下，综合费率远超规定上限，且{grievance}本人多次协商无果，现要求按本金结清，多付部分予以退还，停止对本人及联系人的一切骚扰，并出具结清证明。",
)  # fmt: skip
COERCION = ("支付{amount}元后即可撤诉，", "补偿{amount}元，收到款就撤回投诉，", "撤诉的条件是先转账{amount}元，")
HANDLES = (
    "加微信{handle}可了解同类处理进度。",
    "后续请联系微信{handle}。",
    "联系薇❤信：{handle}",
    "可加v：{handle}沟通",
)
TYPOS = (
    ("利息", "利西"),
    ("投诉", "投诉诉"),
    ("电话", "电活"),
    ("还款", "还歀"),
    ("，", ","),
    ("。", " "),
    ("要求", "要球"),
    ("没有", "没"),
)
ENGLISH = (
    "I am writing about my loan with {lender}. {grievance}Please stop and send me a written answer.",
    "Hello, I have a complaint about {product}. {grievance}I want a payment plan.",
)  # fmt: skip
ENGLISH_GRIEVANCE = {
    "night_calls": "They called me at 11 pm about the debt. ", "call_frequency": "They call me 10 times a day. ",
    "third_parties": "They contacted my mother and my coworkers about it. ", "price": "The interest is too high, over 36%. ",
}  # fmt: skip
GRIEVANCES = {"night_calls": NIGHT, "call_frequency": MANY, "third_parties": OTHERS, "price": PRICE}

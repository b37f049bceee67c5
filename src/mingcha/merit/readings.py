"""Sentences that claim a grievance, as patterns over folded text: (grievance, what says it, what the sentence must also hold).

Every repeat is bounded, so reading takes linear time; none crosses the end of a sentence. `claims.py` sorts out what is
denied, quoted, wished or feared.
"""

from mingcha.model.merit import Grievance

CALL = (
    r"(?:打[^,，。]{0,4}?(?:电话|手机)|来电|致电|电话|催收|催债|催款|催还|催我|骚扰|轰炸|拨打|呼叫|打给|打(?:过来|进来|来|过|了|我|不停)?|拨(?:我|了|到)|联系(?:我|本人)|铃声|(?:发|收到|接到)[^,，。]{0,6}?(?:短信|信息)|短信(?:轰炸|催)|"
    r"\bcall(?:s|ed|ing)?\b|\bphon(?:e|ed|ing)\b|\brang\b|\bring(?:ing|s)?\b|\btext(?:s|ed|ing)?\b|harass)"
)
CLOCK_PM = r"(?:1[0-2]|2[2-3]|十一|十二|十)(?:点|:\d\d)(?:半|多|钟)?"
NIGHT = (
    rf"(?:半夜|深夜|凌晨|夜里|夜间|夜晚|后半夜|半夜三更|三更半夜|深更半夜|三更|大晚上|午夜|零点|0点|晚(?:上|间)?(?:的)?(?:快|都|将近)?{CLOCK_PM}|(?<!\d)2[23](?:点|:\d\d)|"
    r"天(?:还)?(?:没|不|未)亮|(?:十一|十二|1[12])点[^,，。]{0,4}睡|睡(?:着|下|梦)|(?:早上|清晨|一大早|早晨|清早|大早上)(?:的)?(?:不到|才|刚)?0?(?:[5-7]|五|六|七)(?:点|:\d\d)|晚上[^,，。]{0,4}(?:不让|睡)|"
    r"late at night|middle of the night|at night|midnight|(?:1[0-2]|ten|eleven) ?p\.?m|before (?:[5-8]|seven|eight) ?a\.?m|\b(?:1[12]|[1-6]) ?a\.?m)"
)
BIG = r"(?:\d{2,3}|[4-9]|[四五六七八九]|[二三四五六七八九几数]?十[一二三四五六七八九几多来余]{0,3}|[四五六七八九][、]?[五六七八九]|上百|好几十?|几百|无数|n)"
SPAN_OF_TIME = r"(?:每天|每日|天天|当天|今天|昨天|同一天|(?:一|半|两|三|1|2|3)(?:天|日|小时|个小时|个下午|个上午|晚上)|上午|下午|平均|同一个?[上下]午|之内|以内|短时间)"
MANY = (
    r"(?:不停|不断|频繁|连续(?:不断)?(?![一二两三四五六七八九十几\d]{1,3}(?:个|天|晚|年|月|期))|反复|轮番|疯狂|高频|接连|不间断|一个接一个|没完没了|换(?:一|个|着|了|不同)[^,，。]{0,4}号码?|一直(?:在)?打|多次(?:打|拨|来电|致电|骚扰)|打爆|"
    r"constant(?:ly)?|repeated(?:ly)?|every (?:hour|single day)|multiple times a day|non-?stop|all day long|nonstop)"
)
TIMES = r"(?:个|通|次|遍|条)"
EN_MANY = r"(?:[4-9]|\d{2,3}|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|dozens of|hundreds of)(?: or more)? (?:times|calls)"
KIN = (
    r"家人|家属|父母|父亲|母亲|爸妈|爸爸|妈妈|我(?:的)?[爸妈哥姐弟妹]|老婆|妻子|老公|丈夫|配偶|前夫|前妻|女友|男友|[男女]朋友|儿子|女儿|孩子|岳父|岳母|公婆|丈母娘|老丈人|女婿|儿媳|家里人|家里|亲人|闺蜜|室友|舍友|房东|辅导员|爷爷|奶奶|外公|外婆|"
    r"[哥姐弟妹][哥姐弟妹]|叔叔|舅舅|姑姑|亲戚|亲属|亲友|朋友|同事|领导|老板|人事|前台|班主任|老师|同学|好友|邻居|村委|居委|村里|老家|老乡|老人|学校"
)
OTHERS = rf"(?:{KIN}|通讯录|紧急联系人|联系人|第三方|第三人|其他人|他人|别人|无关(?:的)?人|身边(?:的)?人|我(?:的|们|所在)?(?:的)?(?:公司|单位)|单位|公司(?:人事|前台|领导|座机|电话|同事|老板))"
EN_OTHERS = r"my (?:whole |entire |elderly |own )?(?:family|mother|mom|father|dad|parents|wife|husband|boss|employer|co-?workers?|friends?|relatives?|neighbou?rs?|work|workplace|sister|brother|son|daughter|contacts)"
REACH = r"(?:打(?:电话|了|过)?(?:给|到)|打|致电|联系(?!人|方式|电话|你|贵)(?:了|到|过)?|骚扰|轰炸|催|告诉|告知|通知|透露|泄露|散布|发(?:给|送|到|布|短信|信息)|群发|曝光|爆)"
EN_REACH = r"(?:call(?:ed|ing|s)?|contact(?:ed|ing|s)?|told|tell(?:ing|s)?|text(?:ed|ing)?|messag(?:ed|ing|es)|phon(?:ed|ing)|harass(?:ed|ing)?|disclos(?:ed|ing)|bother(?:ed|ing)?|visit(?:ed|ing)?|rang)"
HEARD = r"(?:(?:接到|收到|接了|收了)[^,，。]{0,8}?(?:电话|短信|信息|催)|知道我(?:欠|逾期|借)|被[^,，。]{0,8}?(?:打|骚扰|催|联系|轰炸|骂|吓|威胁))"
COST = r"(?:利息|利率|年化|息费|费率|服务费|担保费|手续费|违约金|罚息|综合成本|总成本|费用|会员费|权益费|保险费|成本)"
TOO_MUCH = r"(?:过高|太高|很高|超高|高得|高达|超过?|超出|远超|高于|离谱|违规|不合理|不合法|违法|乱收|不透明|比(?:本金|利息)(?:还|都)?(?:多|高)|[太很超特]?(?:别)?高(?:[,，。!还了到 ]|$)|(?:太|很|特别|实在)贵)"
LINE = r"(?:国家|法定|法律|央行|lpr|4倍|四倍)[^。]{0,12}?(?:利率|利息|规定|标准|上限|保护|lpr|红线)"

CALL_PATTERNS: tuple[tuple[Grievance, str, str], ...] = (
    (Grievance.NIGHT_CALLS, rf"{NIGHT}[^。!?;\n]{{0,16}}?{CALL}|{CALL}[^。!?;\n]{{0,12}}?{NIGHT}", ""),
    (Grievance.CALL_FREQUENCY, rf"{MANY}[^。!?;\n]{{0,10}}?{CALL}|{CALL}[^。!?;\n]{{0,10}}?{MANY}", ""),
    (Grievance.CALL_FREQUENCY, rf"{SPAN_OF_TIME}[^。!?;\n]{{0,14}}?{BIG}(?:多|余|几)?{TIMES}", CALL),
    (Grievance.CALL_FREQUENCY, rf"(?:打|接|来电|轰炸)(?:了|到|过)?[^,，。]{{0,4}}?{BIG}(?:多|余|几)?{TIMES}", CALL),
    (Grievance.CALL_FREQUENCY, r"每隔?[^,，。]{0,5}(?:分钟|小时)[^,，。]{0,6}打", ""),
    (Grievance.CALL_FREQUENCY, EN_MANY, CALL),
    (Grievance.THIRD_PARTIES, rf"{REACH}(?!(?:我|本人)[让叫])[^。!?;\n,，把]{{0,12}}?{OTHERS}", ""),
    (
        Grievance.THIRD_PARTIES,
        rf"(?:给|对|连|向|让)[^。!?;\n,，]{{0,4}}?{OTHERS}[^。!?;\n,，]{{0,8}}?(?:打|催|骚扰|轰炸|发|替我还)",
        "",
    ),
    (
        Grievance.THIRD_PARTIES,
        rf"(?:向|对|跟|和)[^。!?;\n,，]{{0,4}}?{OTHERS}[^。!?;\n,，]{{0,6}}?(?:透露|泄露|披露|散布|说出?|讲)[^。!?;\n,，]{{0,6}}?(?:欠|债|逾期|借款|贷款)",
        "",
    ),
    (Grievance.THIRD_PARTIES, rf"{OTHERS}[^。!?;\n]{{0,16}}?{HEARD}", ""),
    (Grievance.THIRD_PARTIES, rf"{EN_REACH} [a-z ]{{0,16}}?{EN_OTHERS}", ""),
    (
        Grievance.PRICE,
        rf"{COST}[^。]{{0,16}}?{TOO_MUCH}|高利贷|砍头息|利滚利|驴打滚|高额(?:的)?{COST}|{COST}[^。]{{0,6}}(?:翻倍|惊人)",
        "",
    ),
    (
        Grievance.PRICE,
        rf"(?:年化|年利率|年息|成本|利率|利息)[^。]{{0,12}}?(?:(?<![\d.])(?:2[5-9]|[3-9]\d|\d{{3}})(?:\.\d{{1,2}})?%|百分之(?:[三四五六七八九]十|一百|二十[五六七八九])|三十多|四十多|五十多)|年化[^。]{{0,8}}?(?<!\d)(?:2[5-9]|[3-9]\d|\d{{3}})(?!\d)|(?:超|超过|高于|突破)(?:了)?{LINE}",
        "",
    ),
    (
        Grievance.PRICE,
        rf"(?:多收|乱收|额外收取?|先扣|强制收|变相收|违规收取?|多了|多出|多扣|私自扣|擅自扣|无故扣|乱扣|重复扣)[^。]{{0,12}}?{COST}|(?:收费|费用|{COST})[^。]{{0,6}}?(?:没有?|未)(?:提前|事先)?告知|收取?(?:了|取)?[^。]{{0,6}}(?:高额|高昂|不明|额外|巨额)",
        "",
    ),
    (
        Grievance.PRICE,
        rf"到(?:手|账)[^。]{{0,12}}?(?:扣|{COST}|却|计息)|每(?:期|个?月)[^,，。]{{0,6}}(?:扣|收)[^。]{{0,14}}?(?:不合理|权益|会员|服务费|担保费)",
        "",
    ),
    (
        Grievance.PRICE,
        r"(?:excessive|outrageous|very high|illegal|usurious|exorbitant|hidden|huge) (?:interest|fees?|rates?|charges?)|usury|\d{3} ?% (?:interest|apr)|"
        r"(?:interest|\bapr|fees?|rate)\b[^.?]{0,30}?(?:too high|excessive|\d{2,3}(?:\.\d{1,2})? ?%)",
        "",
    ),
)
PAID = r"(?:还(?:款|清|上|了|完)|结清|缴清|扣款|转账|付清|支付)"
NOT_BOOKED = (
    r"[^。!?;\n]{0,20}?(?:未|没有?|不)(?:入账|销账|核销)|[^。!?;\n借放退提申]{0,20}?(?:未|没有?|不)到账|"
    r"[^。!?;\n]{0,20}?(?:仍然?|还|依然|还是|却|继续)(?:显示|说|算|标|被?催)[^。!?;\n没不无]{0,8}?(?:逾期|欠|未还|没还|未结清|催)"
)
GIVE_BACK = r"(?:退款|退费|退还|返还|退回)"
NOT_GIVEN = r"(?:没(?:有)?|未|不)(?:退|到账|收到|履行|兑现|返)"
MONEY_PATTERNS: tuple[tuple[Grievance, str, str], ...] = (
    (Grievance.PAYMENT_NOT_BOOKED, rf"{PAID}(?:{NOT_BOOKED})", ""),
    (
        Grievance.PAYMENT_NOT_BOOKED,
        r"(?:paid|payments?|settled)\b[^.?]{0,40}?(?:(?:was|were|is|are|been|has|have) (?:not|never)(?: been)? (?:credited|posted|reflected|recorded|applied)|not (?:been )?(?:credited|posted|reflected|recorded|applied)|still (?:shows?|showing|says) (?:as )?(?:overdue|past due|unpaid|owing))",
        "",
    ),
    (
        Grievance.REFUND_NOT_MADE,
        rf"(?:承诺|答应|说好|同意)[^。!?;\n]{{0,12}}?{GIVE_BACK}[^。!?;\n]{{0,20}}?{NOT_GIVEN}",
        "",
    ),
    (
        Grievance.REFUND_NOT_MADE,
        r"(?:promised|agreed)\b[^.?]{0,30}?refund[^.?]{0,40}?(?:never|not|n't)\b[^.?]{0,16}?(?:received|paid|arrived|come|issued|refunded|got)|refund\b[^.?]{0,20}?(?:promised|agreed)[^.?]{0,24}?(?:never|not|n't)\b[^.?]{0,16}?(?:received|paid|arrived|come|issued)",
        "",
    ),
)

ASKED_TO_STOP = r"(?:已|已经|多次|明确|一再|反复|再三)[^,。]{0,6}(?:告知|说|表示|表明|要求|拒绝)[^。!?;\n]{0,16}?(?:不要|别|停止|不再|拒绝|勿)[^。!?;\n]{0,8}?(?:打|联系|催|骚扰)"
OF_DEBT = r"(?:欠|逾期|借(?:了|款|贷)|贷款|债)"
EN_ADDED = r"(?:insurance|guarantee|membership|add-?ons?|warrant(?:y|ies)|protection plan)"
EN_PLAN = r"(?:hardship|payment plan|deferment|forbearance|loan modification|installment plan)"
FURTHER_PATTERNS: tuple[tuple[Grievance, str, str], ...] = (
    (
        Grievance.REFUSED_AGAIN,
        rf"{ASKED_TO_STOP}[^。!?;\n]{{0,14}}?(?:仍|还|依然|继续|照样|又)[^。!?;\n]{{0,8}}?(?:打|联系|催|骚扰)|"
        r"(?:told|asked|informed|requested) (?:them|him|her|you|the company)[^.?]{0,30}?(?:stop|not to|never) (?:call|contact|text)[^.?]{0,40}?(?:still|continue[sd]?|kept|keep)",
        "",
    ),
    (
        Grievance.DEBT_TOLD,
        rf"(?:告诉|告知|通知)(?!我|本人)[^。,!?;\n]{{0,6}}?{OTHERS}[^。,!?;\n]{{0,10}}?{OF_DEBT}|(?:透露|泄露|散布)[^。,!?;\n]{{0,6}}?{OTHERS}[^。,!?;\n]{{0,10}}?{OF_DEBT}|"
        rf"(?:向|对|跟|和|给)[^。!?;\n,]{{0,4}}?{OTHERS}[^。!?;\n,]{{0,6}}?(?:透露|泄露|披露|散布|说出?|讲)[^。!?;\n,]{{0,6}}?{OF_DEBT}|"
        rf"(?<!让)(?<!让我){OTHERS}[^。!?;\n,不没]{{0,6}}?知道我[^。!?;\n,]{{0,4}}?{OF_DEBT}",
        "",
    ),
    (
        Grievance.DEBT_TOLD,
        rf"(?:told|informed|notified) {EN_OTHERS}[^.?]{{0,30}}?(?:debts?|owed?|loans?|overdue)\b|"
        rf"disclos(?:ed|ing)[^.?]{{0,30}}?(?:debts?|loans?)\b[^.?]{{0,12}}?to {EN_OTHERS}",
        "",
    ),
    (
        Grievance.SETTLEMENT_NOT_KEPT,
        r"(?:协商|商定|达成|签了?|约定)[^。!?;\n]{0,10}?(?:方案|协议|减免|结清)[^。!?;\n]{0,20}?(?:不认|反悔|不算|作废|(?:未|没有?|不)(?:执行|履行|兑现|落实)|仍然?(?:催|上报))|"
        r"(?:答应|承诺|同意)[^。!?;\n]{0,6}?减免[^。!?;\n]{0,20}?(?:未|没有?|不)(?:减|兑现|落实|执行|履行)|"
        r"(?:settlement|payment plan|agreement)\b[^.?]{0,50}?(?:not honou?r|refus(?:e|ed|es|ing) to honou?r|backed out|never applied|did not honou?r)",
        "",
    ),
    (
        Grievance.NO_ANSWER,
        r"(?:投诉|反映|申诉|反馈)[^。!?;\n]{0,14}?(?:(?:没有?|无)(?:任何|人|得到)?(?:回复|答复|回应|处理|下文|理睬|问津)|(?:未|不)(?:得到|予|给)?(?:回复|答复|处理|理睬)|石沉大海)|"
        r"(?:complain(?:ed|ts?)|disputes?|wrote|letters?|emails?|contacted)\b[^.?]{0,40}?(?:no (?:response|reply|answer)|never (?:responded|replied|answered|heard)|unanswered|(?:was|were|been|has|have) (?:\w+ )?ignored)",
        "",
    ),
    (
        Grievance.BUNDLED,
        r"(?:捆绑|搭售|强制|强行|被迫|默认勾选|未经[^,。]{0,6}同意)[^。,!?;\n]{0,10}?(?:保险|保费|担保|会员|权益(?:卡|包|费))|不(?:买|购买|办)[^。,!?;\n]{0,6}?(?:保险|会员|担保)[^。!?;\n]{0,6}?不(?:放款|批|给|能)|"
        rf"(?:forced|made me|without my (?:consent|knowledge))\b[^.?]{{0,30}}?{EN_ADDED}\b|{EN_ADDED}\b[^.?]{{0,30}}?(?:never (?:asked|agreed|wanted|authori[sz]ed)|did(?:n't| not) (?:ask|agree|want|authori[sz]e)|without my (?:consent|knowledge))",
        "",
    ),
    (
        Grievance.HARDSHIP_REQUEST,
        r"(?:申请|要求|请求|希望|协商)[^。!?;\n]{0,16}?(?:分期|延期|展期|停息|减免|缓还|宽限|协商还款)[^。!?;\n]{0,16}?(?:被拒|拒绝|驳回|无果|不(?:同意|予(?:理睬|受理|处理|批准|通过)?|批|通过|理睬?|受理)|未(?:通过|获|予|批)|没有?(?:同意|通过|回复|批|理))|"
        r"拒绝[^。,!?;\n]{0,8}?(?:协商|分期|延期|个性化分期)|"
        rf"{EN_PLAN}\b[^.?]{{0,50}}?(?:denied|refused|rejected|declined|no response|ignored)|(?:denied|refused|rejected|declined)(?: (?:me|us|for|my|our|a|the|any|to|set|up|offer|give|grant)){{0,5}} {EN_PLAN}\b",
        "",
    ),
    (
        Grievance.CREDIT_RECORD,
        r"(?:征信|信用(?:记录|报告))[^。!?;\n]{0,16}?(?:错误|有误|不实|不符|(?:未|没有?|不)(?:给)?(?:更新|消除|更正|修改|改正))|(?:错误|不实|违规|擅自)[^。,!?;\n]{0,4}?(?:上报|上传|报送)[^。,!?;\n]{0,4}?征信|"
        r"(?:已|全部|早就)[^。!?;\n]{0,20}?(?:还清|结清|还完)(?!就|再)[^。!?;\n]{0,16}?(?:征信|信用报告)[^。!?;\n]{0,10}?(?:逾期|未结清)|"
        r"credit (?:report|file|record|history)\b[^.?]{0,40}?(?:inaccura\w+|incorrect|wrong|errors?|false|not mine|not belong|fraudulent)\b|(?:inaccurate|incorrect|erroneous|false(?:ly)?|wrongly)\b[^.?]{0,24}?(?:report(?:ing|ed|s)?|credit|tradelines?|inquir(?:y|ies))\b",
        "",
    ),
    (
        Grievance.DISCLOSURE,
        r"(?:没有?|未|不曾)(?:提前|事先|明确|如实|清楚|向我|给我|跟我|任何){0,3}(?:告知|告诉|说明|披露|提示|展示|公示|出示|讲清|说清)[^。,!?;\n]{0,12}?(?:利率|利息|年化|费用?|费率|收费|成本|合同|条款)|(?:隐瞒|隐藏)[^。,!?;\n]{0,10}?(?:利率|利息|费用?|年化|条款|收费)|不(?:提供|给)[^。,!?;\n]{0,6}?合同|"
        r"(?:never|not(?! to mention)|n't|failed to)\b[^.?]{0,16}?(?:disclos|told|tell|inform|explain|mention)\w*[^.?]{0,30}?(?:interest|rate|fees?|charges?|terms|apr|cost)\b|hidden (?:fees?|charges?|terms)",
        "",
    ),
    (
        Grievance.PARTNER_FAILED,
        r"(?:商家|商户|机构|培训(?:班|中心)?|学校|校区|驾校|医院|美容院|健身房|影楼|门店|中介|公寓|平台)[^。,!?;\n]{0,8}?(?:倒闭|关门|关停|停业|停课|关店|关张|人去楼空|破产|爆雷|失联)|(?:商家|商户|机构|公司|中介|平台|培训|校区|店)[^。,!?;\n]{0,6}?(?:跑路|卷款)|"
        r"(?:school|merchant|contractor|installer|dealer(?:ship)?|gym|clinic|company|store|business)\b[^.?]{0,24}?(?:went out of business|closed (?:down|its doors)|(?:went|is|was|filed for) bankrupt\w*|(?:was|were|been|has|got) shut down)",
        "",
    ),
    (
        Grievance.IMPERSONATED,
        r"冒名|冒用|盗用[^。,!?;\n]{0,8}?(?:身份|名义)|(?:不是|并非|非)(?:我本人|我|本人)(?:办理|申请|贷款|借款|签)|(?:我|本人)(?:从未|没有|未曾|从来没有?|并未|没)[^。,!?;\n]{0,8}?(?:申请|办理|借|贷)[^。,!?;\n]{0,6}?(?:贷款|借款|信用卡|这笔)|被(?:人|他人|别人)[^。,!?;\n]{0,6}?(?:贷款|借款)|虚假贷款|"
        r"victim (?:of|to) identity theft|identity theft victim|stolen identity|identity was stolen|(?:opened|applied for|taken out|obtained)\b[^.?]{0,30}?(?:in my name|using my (?:name|information|identity)|without my (?:knowledge|authori[sz]ation|consent|permission))|\bi (?:never|did not|didn't) (?:open|appl(?:y|ied)|authori[sz]ed?|take out)\b[^.?]{0,20}?(?:account|loan|card|credit)",
        "",
    ),
)

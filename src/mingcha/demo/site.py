"""The site file of the simulated town: a made-up institution and the offices its answers name."""

SITE = """# Written by `mingcha demo`. Everything here is fictitious. Replace it with your own before real complaints come in.
[institution]
name = "示例消费金融（虚构）"
department = "消费者权益保护部"
phone = "400-000-0000"
address = "示例市示例区示例路1号"
countersigned_by = "demo"

[institution.review]
name = "示例消费金融总部核查组（虚构）"
address = "示例市示例区示例路1号"
phone = "400-000-0001"

[institution.mediation]
name = "示例市金融纠纷调解中心（虚构）"
address = "示例市示例区调解路2号"
phone = "400-000-0002"

[institution.court]
name = "示例市示例区人民法院（虚构）"
address = "示例市示例区审判路3号"
phone = "400-000-0003"

[[legal_aid]]
place = "示例市"
name = "示例市法律援助中心（虚构）"
address = "示例市示例区援助路4号"
phone = "400-000-0004"
source = "模拟城镇，并无此机构"
grade = "unread"
checked_on = 2026-11-28
countersigned_by = "demo"
"""

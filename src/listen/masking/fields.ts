/** What a field holds, told by its name alone. */
export type Field = 'person' | 'contact' | 'id' | 'time' | 'other'

const contact =
  /^(?:.*(?:phone|mobile|telephone|cellphone|whatsapp|wechat|weixin|email|e_mail|手机|电话|邮箱|微信|联系方式)(?:_?(?:number|no|address|号码?|号))?|tel|cell|fax|mail|qq|wx|qq号)$/
const person =
  /^(?:.*(?:first_?name|last_?name|full_?name|real_?name|receiver|recipient|consignee|addressee|contact_?name|buyer_?name|customer_?name|user_?name|nick_?name|sender_?name|author_?name|address|addr|street|passport|id_?card|identity|birthday|birth_?date|latitude|longitude|ip_?address|client_?ip|remote_?ip|收货人|收件人|寄件人|联系人|姓名|昵称|地址|住址|身份证|护照|生日|车牌|门牌).*|nick|buyer_?nick|ip|zip|zip_?code|postal_?code|post_?code|邮编|dob|ssn|lat|lng|house_?number|apartment|display_?name|surname|given_?name|family_?name)$/
const id =
  /(?:^|_)(?:id|ids|tid|oid|no|num|number|sn|sku|code|key|ref|reference|token|hash|uuid|guid|barcode|tracking)$|编号|单号|订单号|货号|条码/
const time =
  /(?:^|_)(?:at|on|time|date|ts|timestamp|created|updated|modified|day|since|until|start|end|expires?|expiry)(?:_|$)|时间|日期/
const someone =
  /(?:^|_)(?:customer|buyer|user|sender|contact|author|from|profile|receiver|recipient|requester|visitor|lead|person|reviewer|guest|member|account|shipping|billing|patient|submitter|assignee|agent)(?:s|_address|_info)?$|顾客|客户|买家|用户|会员|收货|收件/

/** `within` is the name of what the field stands in: the `name` of a customer is a person's, that of a product is not. */
export function fieldOf(name: string, within = ''): Field {
  if (within !== '') return tell(name, within)
  let field = told.get(name)
  if (field === undefined) {
    field = tell(name, '')
    // The same names come with every record; those that a stranger makes up are not remembered without end.
    if (told.size < 5_000 && name.length <= 100) told.set(name, field)
  }
  return field
}
const told = new Map<string, Field>()

function tell(name: string, within: string): Field {
  const key = snake(name)
  if (contact.test(key)) return 'contact'
  if (person.test(key)) return 'person'
  if ((key === 'name' || key === 'title' || key === 'label') && holdsPerson(within)) return 'person'
  if (id.test(key)) return 'id'
  return time.test(key) ? 'time' : 'other'
}

export const holdsPerson = (name: string): boolean => someone.test(snake(name))

const snake = (name: string): string =>
  name
    .slice(0, 100)
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[\s\-.]+/g, '_')
    .toLowerCase()

/** Every heading under which a column is known: the first is what a Chinese table says, the second an English one. */
export const resourceHeadings = {
  number: ['编号', 'number'],
  kind: ['类别', 'kind', '资源类别', '类型'],
  title: ['名称', 'name', '资源名称', 'title'],
  subjects: ['主题词', 'subjects', '主题', '关键词'],
  description: ['简介', 'description', '说明'],
  organisation: ['所属组织', 'organisation', '所属单位', '单位', 'organization'],
  owner: ['负责人', 'in charge', 'owner'],
  place: ['地点', 'place', '地址'],
  region: ['所在区域', 'region', '区域'],
  share: ['共享范围', 'shared with', 'share'],
  contact: ['咨询电话', 'contact', '联系方式', '联系电话'],
  hours: ['开放时间', 'open hours', 'hours'],
  onWorkingDays: ['节假日不开放', 'closed on holidays'],
  closed: ['闭馆日', 'closed days'],
  timeZone: ['时区', 'time zone'],
  leadDays: ['提前工作日', 'days ahead'],
  mostPeople: ['每次人数上限', 'people at most'],
  mostADay: ['每天批次上限', 'bookings a day'],
  together: ['同时容纳人数', 'people at one time'],
  rules: ['注意事项', 'rules'],
} as const

export type ResourceColumn = keyof typeof resourceHeadings

export const resourceColumns = Object.keys(resourceHeadings) as ResourceColumn[]

/** Columns without which a table is none of resources. */
export const neededColumns: readonly ResourceColumn[] = ['kind', 'title', 'organisation', 'hours']

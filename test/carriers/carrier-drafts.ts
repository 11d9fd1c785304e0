import type { CarrierDraft } from '../../src/features/carriers/keep-carrier.ts'

/** A society station from March 2026 to the end of 2026, with what is expected of it. */
export function station(organisation: string, changed: Partial<CarrierDraft> = {}): CarrierDraft {
  return {
    kind: 'society-station',
    name: '焊接学会服务站',
    organisation,
    partner: '省焊接学会',
    category: '制造',
    level: 'provincial',
    startsOn: '2026-03-01',
    endsOn: '2026-12-31',
    tasks: '焊接工艺改进',
    needs: ['一', '二', '三', '四', '五'],
    experts: ['甲', '乙', '丙', '丁', '戊'].map((name) => ({
      ...{ name, unit: '冶金大学', field: '焊接', academician: 'none' as const },
    })),
    contactPerson: null,
    contact: '',
    ...changed,
  }
}

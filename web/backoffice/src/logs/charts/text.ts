import type { InLanguages } from '../../shell/language.ts';

const id = { as: (title: string) => `Tampilan ${title}`, chart: 'Grafik', table: 'Tabel', empty: 'Tidak ada kejadian dalam rentang ini.' };

const en: typeof id = { as: (title) => `View of ${title}`, chart: 'Chart', table: 'Table', empty: 'Nothing happened in this range.' };

export const chartTexts: InLanguages<typeof id> = { id, en };

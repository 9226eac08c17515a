/** Numbers, sizes and times as people of this language write them. */
export interface Formats {
  number(value: number): string;
  percent(value: number): string;
  bytes(value: number): string;
  /** Mbit/s. */
  speed(value: number): string;
  duration(seconds: number): string;
  dateTime(iso: string): string;
  time(date: Date): string;
}

const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte'] as const;

export function formatsOf(locale: string): Formats {
  const number = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const speed = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' });
  const unit = (value: number, name: string) =>
    new Intl.NumberFormat(locale, {
      style: 'unit',
      unit: name,
      unitDisplay: 'short',
      maximumFractionDigits: value < 10 ? 1 : 0,
    }).format(value);
  return {
    number: (value) => number.format(value),
    percent: (value) => percent.format(value / 100),
    bytes: (value) => {
      const exponent = value < 1 ? 0 : Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log10(value) / 3));
      return unit(value / 1000 ** exponent, BYTE_UNITS[exponent] ?? 'byte');
    },
    speed: (value) => `${speed.format(value)} Mbit/s`,
    duration: (seconds) => {
      if (seconds < 90) return unit(Math.round(seconds), 'second');
      if (seconds < 5_400) return unit(Math.round(seconds / 60), 'minute');
      return seconds < 172_800 ? unit(seconds / 3_600, 'hour') : unit(seconds / 86_400, 'day');
    },
    dateTime: (iso) => dateTime.format(new Date(iso)),
    time: (date) => time.format(date),
  };
}

/** Prints the results of a benchmark: its conditions, then a table. */
import { cpus } from 'node:os';

type Row = Record<string, string | number>;

export function report(title: string, rows: Record<string, Row>): void {
  const names = Object.keys(Object.values(rows)[0] ?? {});
  const lines = [
    ['', ...names],
    ...Object.entries(rows).map(([name, row]) => [name, ...names.map((key) => String(row[key]))]),
  ];
  const widths = names.concat('').map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const text = lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  print([`${title} (Node ${process.version}, ${cpus().length} cores)`, ...text].join('\n'));
}

export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

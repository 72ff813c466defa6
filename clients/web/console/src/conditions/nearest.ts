function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const exchanged = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(exchanged, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

// The name that somebody may have meant; none where all are too far from what was written.
export function nearestName(name: string, among: string[]): string | undefined {
  let nearest: string | undefined;
  let smallest = Math.max(Math.floor(name.length / 2), 1) + 1;
  for (const candidate of among) {
    const far = distance(name, candidate);
    if (far >= smallest) continue;
    smallest = far;
    nearest = candidate;
  }
  return nearest;
}

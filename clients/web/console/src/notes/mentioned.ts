export interface Named {
  accountId: string;
  displayName: string;
}

// The members whom a text mentions as @name, in its order. Of names that begin alike the longest
// counts: "@王晓梅" does not mention 王晓.
export function mentionedIn(text: string, members: readonly Named[]): string[] {
  const named = members
    .filter((member) => member.displayName !== "")
    .sort((a, b) => b.displayName.length - a.displayName.length);
  const found = text
    .split("@")
    .slice(1)
    .flatMap((after) => {
      const member = named.find((one) => after.startsWith(one.displayName));
      return member ? [member.accountId] : [];
    });
  return [...new Set(found)];
}

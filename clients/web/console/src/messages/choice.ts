// Which message of a list the keys act on. It is known by its id: lists are read again while somebody
// works, and what stood in a place need not stand there any more.

export interface Choice {
  messageId: string | undefined;
  // Where it stood, for going on from there once it is gone.
  place: number;
}

interface Listed {
  messageId: string;
}

function at(of: Listed[], place: number): Choice {
  const kept = Math.max(0, Math.min(place, of.length - 1));
  return { messageId: of[kept]?.messageId, place: kept };
}

export function firstOf(of: Listed[]): Choice {
  return at(of, 0);
}

// Nothing once it is gone: nobody acts on another than was looked at.
export function chosenIn<T extends Listed>(of: T[], choice: Choice): T | undefined {
  return of.find(({ messageId }) => messageId === choice.messageId);
}

// So many places on; from one that is gone to what stands in its place now.
export function moved(of: Listed[], choice: Choice, by: number): Choice {
  const place = of.findIndex(({ messageId }) => messageId === choice.messageId);
  return place < 0 ? at(of, choice.place) : at(of, place + by);
}

export function choose(of: Listed[], messageId: string): Choice {
  return at(
    of,
    of.findIndex((one) => one.messageId === messageId),
  );
}

// After the message was dealt with: the one behind it, or before it where it was the last. Whoever
// has gone to another meanwhile stays there.
export function afterDealing(of: Listed[], choice: Choice, messageId: string): Choice {
  if (choice.messageId !== messageId) return choice;
  const place = of.findIndex((one) => one.messageId === messageId);
  const rest = of.filter((one) => one.messageId !== messageId);
  return at(rest, place < 0 ? choice.place : place);
}

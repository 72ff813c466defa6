// Which of a list the keys act on. It is known by its id: lists are read again while somebody
// works, and what stood in a place need not stand there any more.

export interface Choice {
  id: string | undefined;
  // Where it stood, for going on from there once it is gone.
  place: number;
}

export function choosingBy<T extends object>(idOf: (one: T) => string) {
  const placeOf = (of: T[], id: string | undefined) => of.findIndex((one) => idOf(one) === id);

  function at(of: T[], place: number): Choice {
    const kept = Math.max(0, Math.min(place, of.length - 1));
    const one = of[kept];
    return { id: one && idOf(one), place: kept };
  }

  function firstOf(of: T[]): Choice {
    return at(of, 0);
  }

  // Nothing once it is gone: nobody acts on another than was looked at.
  function chosenIn(of: T[], choice: Choice): T | undefined {
    return of[placeOf(of, choice.id)];
  }

  // So many places on; from one that is gone to what stands in its place now.
  function moved(of: T[], choice: Choice, by: number): Choice {
    const place = placeOf(of, choice.id);
    return place < 0 ? at(of, choice.place) : at(of, place + by);
  }

  function choose(of: T[], id: string): Choice {
    return at(of, placeOf(of, id));
  }

  // After it was dealt with: the one behind it, or before it where it was the last. Whoever has
  // gone to another meanwhile stays there.
  function afterDealing(of: T[], choice: Choice, id: string): Choice {
    if (choice.id !== id) return choice;
    const place = placeOf(of, id);
    const rest = of.filter((one) => idOf(one) !== id);
    return at(rest, place < 0 ? choice.place : place);
  }

  return { firstOf, chosenIn, moved, choose, afterDealing };
}

// Keys act on what was looked at, a message or a care task, whatever a refresh does to the list.

import { describe, expect, test } from "vitest";
import { choosingBy } from "../../../../clients/web/console/src/shared/keyboard/choice";

const { afterDealing, choose, chosenIn, firstOf, moved } = choosingBy(
  ({ taskId }: { taskId: string }) => taskId,
);
const list = (...ids: string[]) => ids.map((taskId) => ({ taskId }));

describe("What is chosen", () => {
  test("stays the same while others come before it", () => {
    const choice = firstOf(list("b", "c"));
    expect(chosenIn(list("a", "b", "c"), choice)?.taskId).toBe("b");
    expect(moved(list("a", "b", "c"), choice, 1).id).toBe("c");
  });

  test("is none once a colleague dealt with it, until one goes on from its place", () => {
    const choice = choose(list("a", "b", "c"), "b");
    expect(chosenIn(list("a", "c"), choice)).toBeUndefined();
    expect(moved(list("a", "c"), choice, 1).id).toBe("c");
    expect(moved(list("a", "c"), choice, -1).id).toBe("c");
  });

  test("is none even where nobody has chosen yet and the first one goes", () => {
    const choice = firstOf(list("a", "b"));
    expect(chosenIn(list("b"), choice)).toBeUndefined();
  });

  test("is the next one after it was dealt with, or the one before at the end", () => {
    const all = list("a", "b", "c");
    expect(afterDealing(all, choose(all, "b"), "b").id).toBe("c");
    expect(afterDealing(all, choose(all, "c"), "c").id).toBe("b");
    expect(afterDealing(list("a"), firstOf(list("a")), "a").id).toBeUndefined();
  });

  test("is not taken away from whoever went on meanwhile", () => {
    const all = list("a", "b", "c");
    expect(afterDealing(all, choose(all, "c"), "a").id).toBe("c");
  });

  test("does not leave the list at its ends", () => {
    const all = list("a", "b");
    expect(moved(all, firstOf(all), -1).id).toBe("a");
    expect(moved(all, choose(all, "b"), 1).id).toBe("b");
    expect(firstOf([]).id).toBeUndefined();
  });
});

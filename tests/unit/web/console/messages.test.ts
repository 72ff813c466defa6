// Keys act on the message that was looked at, whatever a refresh does to the list.

import { describe, expect, test } from "vitest";
import {
  afterDealing,
  choose,
  chosenIn,
  firstOf,
  moved,
} from "../../../../clients/web/console/src/messages/choice";

const list = (...ids: string[]) => ids.map((messageId) => ({ messageId }));

describe("the chosen message", () => {
  test("stays the same while others come before it", () => {
    const choice = choose(list("b", "c"), "b");
    expect(chosenIn(list("a", "b", "c"), choice)?.messageId).toBe("b");
    expect(moved(list("a", "b", "c"), choice, 1).messageId).toBe("c");
  });

  test("is none once a colleague dealt with it, until one goes on from its place", () => {
    const choice = choose(list("a", "b", "c"), "b");
    expect(chosenIn(list("a", "c"), choice)).toBeUndefined();
    expect(moved(list("a", "c"), choice, 1).messageId).toBe("c");
    expect(moved(list("a", "c"), choice, -1).messageId).toBe("c");
  });

  test("is the next one after it was dealt with, or the one before at the end", () => {
    const all = list("a", "b", "c");
    expect(afterDealing(all, choose(all, "b"), "b").messageId).toBe("c");
    expect(afterDealing(all, choose(all, "c"), "c").messageId).toBe("b");
    expect(afterDealing(list("a"), firstOf(list("a")), "a").messageId).toBeUndefined();
  });

  test("is not taken away from whoever went on meanwhile", () => {
    const all = list("a", "b", "c");
    expect(afterDealing(all, choose(all, "c"), "a").messageId).toBe("c");
  });

  test("does not leave the list at its ends", () => {
    const all = list("a", "b");
    expect(moved(all, firstOf(all), -1).messageId).toBe("a");
    expect(moved(all, choose(all, "b"), 1).messageId).toBe("b");
    expect(firstOf([]).messageId).toBeUndefined();
  });
});

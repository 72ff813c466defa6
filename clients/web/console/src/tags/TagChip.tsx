import type { Tag } from "@redress/contract/redress/customer/v1/tag_service_pb";
import { useWords } from "../shared/words";
import { tagMeaning, tagName, useTags } from "./queries";

const unknownColour = "#8c95a1";

// A tag by its definition: its colour beside its name, which keeps the contrast of text.
export function TagMark({ of, code }: { of: Tag | undefined; code: string }) {
  const words = useWords();
  return (
    <span className="tag-mark" title={tagMeaning(of, words) || undefined}>
      <i aria-hidden="true" style={{ background: of?.colour ?? unknownColour }} />
      {tagName(of, code, words)}
    </span>
  );
}

// A tag by its code, as lists name it.
export function TagChip({ code }: { code: string }) {
  const tags = useTags(true);
  return <TagMark of={tags.data?.find((tag) => tag.tagCode === code)} code={code} />;
}

import { HistoryOutlined, PlusOutlined } from "@ant-design/icons";
import type { CustomerTag, Tag } from "@redress/contract/redress/customer/v1/tag_service_pb";
import { Button, Drawer, Popover, Select } from "antd";
import { useState } from "react";
import { useWork } from "../session/work";
import { ErrorNotice } from "../shared/ui/ErrorNotice";
import { Loaded } from "../shared/ui/Loaded";
import { useWords } from "../shared/words";
import { tagMeaning, tagName, useCustomerTags, useTagAct, useTags } from "./queries";
import { TagMark } from "./TagChip";
import { TagHistory } from "./TagHistory";
import { WhyTagged } from "./WhyTagged";

// The tags of a customer: each says why it is there, and people add and take them by hand.
export function CustomerTags({ customerId }: { customerId: string }) {
  const read = useCustomerTags(customerId);
  return <Loaded of={read}>{(tags) => <TagList customerId={customerId} of={tags} />}</Loaded>;
}

function TagList({ customerId, of }: { customerId: string; of: CustomerTag[] }) {
  const { t } = useWords();
  const { can } = useWork();
  const definitions = useTags(true);
  const [isTelling, setIsTelling] = useState(false);
  const mayTag = can("ROLE_AGENT", "ROLE_SUPERVISOR", "ROLE_ADMIN");
  // Of merged customers several rows may have one tag.
  const codes = [...new Set(of.map((tag) => tag.tagCode))];
  return (
    <div className="tag-chips" role="group" aria-label={t("tag.title")}>
      {codes.map((code) => (
        <TagButton
          key={code}
          customerId={customerId}
          code={code}
          tag={definitions.data?.find((one) => one.tagCode === code)}
        />
      ))}
      {codes.length === 0 && <span className="quiet">{t("tag.none")}</span>}
      {mayTag && (
        <AddTag
          customerId={customerId}
          from={(definitions.data ?? []).filter(
            (one) => one.byHand && !one.archived && !codes.includes(one.tagCode),
          )}
        />
      )}
      <Button
        size="small"
        type="text"
        icon={<HistoryOutlined />}
        aria-label={t("tag.history")}
        title={t("tag.history")}
        onClick={() => setIsTelling(true)}
      />
      <Drawer
        open={isTelling}
        title={t("tag.history")}
        size={480}
        destroyOnHidden
        onClose={() => setIsTelling(false)}
      >
        <TagHistory customerId={customerId} />
      </Drawer>
    </div>
  );
}

interface TagButtonProps {
  customerId: string;
  code: string;
  tag: Tag | undefined;
}

function TagButton({ customerId, code, tag }: TagButtonProps) {
  const words = useWords();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Popover
      trigger="click"
      open={isOpen}
      onOpenChange={setIsOpen}
      destroyOnHidden
      title={tagName(tag, code, words)}
      content={
        <WhyTagged
          customerId={customerId}
          tagCode={code}
          tag={tag}
          onDone={() => setIsOpen(false)}
        />
      }
    >
      <button type="button" className="chip-button" aria-expanded={isOpen}>
        <TagMark of={tag} code={code} />
      </button>
    </Popover>
  );
}

function AddTag({ customerId, from }: { customerId: string; from: Tag[] }) {
  const words = useWords();
  const { t } = words;
  const [isChoosing, setIsChoosing] = useState(false);
  const act = useTagAct(customerId, () => setIsChoosing(false));
  if (!isChoosing) {
    return (
      <Button size="small" icon={<PlusOutlined />} onClick={() => setIsChoosing(true)}>
        {t("tag.add")}
      </Button>
    );
  }
  return (
    <>
      <Select<string>
        size="small"
        className="tag-choice"
        aria-label={t("tag.add")}
        placeholder={t("tag.choose")}
        autoFocus
        defaultOpen
        loading={act.isPending}
        showSearch={{ optionFilterProp: "label" }}
        notFoundContent={t("tag.noneByHand")}
        options={from.map((tag) => ({
          value: tag.tagCode,
          label: tagName(tag, tag.tagCode, words),
          title: tagMeaning(tag, words),
        }))}
        onChange={(tagCode) => act.mutate({ tagCode, act: "set" })}
        onKeyDown={(event) => event.key === "Escape" && setIsChoosing(false)}
        onBlur={() => !act.isPending && !act.error && setIsChoosing(false)}
      />
      {act.error && <ErrorNotice error={act.error} />}
    </>
  );
}

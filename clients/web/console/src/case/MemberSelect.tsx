import { Role } from "@redress/contract/redress/common/v1/role_pb";
import { Select } from "antd";
import { useWords } from "../shared/words";
import { useMembers } from "./queries";

interface Props {
  id?: string | undefined;
  value?: string;
  // Also those who work in the shop no more; else those who may work cases.
  everybody?: boolean;
  // Offers to leave the cases to nobody, as "".
  orNobody?: boolean;
  without?: string | undefined;
  onChange?: (accountId: string) => void;
}

const workers: Role[] = [Role.AGENT, Role.SUPERVISOR];

export function MemberSelect({ id, value, everybody, orNobody, without, onChange }: Props) {
  const { t } = useWords();
  const members = useMembers();
  const offered = (members.data ?? [])
    .filter((member) => everybody === true || member.roles.some((role) => workers.includes(role)))
    .filter((member) => member.accountId !== without)
    .map((member) => ({
      value: member.accountId,
      label: `${member.displayName} · ${member.accountName}`,
    }));
  return (
    <Select
      {...(id && { id })}
      {...(value !== undefined && { value })}
      placeholder={t("queue.chooseMember")}
      loading={members.isLoading}
      showSearch={{ optionFilterProp: "label" }}
      options={orNobody ? [{ value: "", label: t("common.nobody") }, ...offered] : offered}
      onChange={(accountId: string) => onChange?.(accountId)}
    />
  );
}

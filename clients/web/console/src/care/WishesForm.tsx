import type { CareWishes } from "@redress/contract/redress/customer/v1/care_service_pb";
import { Button, Checkbox, Form, Input } from "antd";
import { Loaded } from "../shared/ui/Loaded";
import { SaveNotice } from "../shared/ui/SaveNotice";
import { useWords } from "../shared/words";
import { useSetWishes, useWishes } from "./queries";

interface Props {
  customerId: string;
  onDone: () => void;
}

// What a customer told of themselves: the birthday, and that they want no contact.
export function WishesForm({ customerId, onDone }: Props) {
  const read = useWishes(customerId);
  return (
    <Loaded of={read}>
      {(wishes) => (
        <Entering
          key={wishes.version}
          of={wishes}
          customerId={customerId}
          onDone={onDone}
          onLoad={() => void read.refetch()}
        />
      )}
    </Loaded>
  );
}

interface EnteringProps extends Props {
  of: CareWishes | undefined;
  onLoad: () => void;
}

function Entering({ of, customerId, onDone, onLoad }: EnteringProps) {
  const { t } = useWords();
  const set = useSetWishes(onDone);
  const { version = 0, birthday = "", noContact = false } = of ?? {};
  return (
    <Form<{ birthday: string; noContact: boolean }>
      layout="vertical"
      className="action-form"
      initialValues={{ birthday, noContact }}
      onFinish={(entered) => set.mutate({ ...entered, customerId, version })}
    >
      <SaveNotice error={set.error} onLoad={onLoad} />
      <Form.Item
        name="birthday"
        label={t("care.birthday")}
        rules={[
          { pattern: /^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, message: t("care.birthdayForm") },
        ]}
      >
        <Input autoComplete="off" placeholder="08-31" maxLength={5} />
      </Form.Item>
      <Form.Item name="noContact" valuePropName="checked">
        <Checkbox>{t("care.noContact")}</Checkbox>
      </Form.Item>
      <div className="form-buttons">
        <Button type="primary" htmlType="submit" loading={set.isPending}>
          {t("common.save")}
        </Button>
        <Button onClick={onDone}>{t("common.cancel")}</Button>
      </div>
    </Form>
  );
}

import type { CareWishes } from "@redress/contract/redress/customer/v1/care_service_pb";
import { Button, Checkbox, Form, Input } from "antd";
import { useState } from "react";
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
      {(wishes) => <Entering of={wishes} customerId={customerId} onDone={onDone} />}
    </Loaded>
  );
}

interface Entered {
  birthday: string;
  noContact: boolean;
}

function enteredOf({ birthday, noContact }: CareWishes): Entered {
  return { birthday, noContact };
}

function Entering({ of, customerId, onDone }: Props & { of: CareWishes }) {
  const { t } = useWords();
  const [form] = Form.useForm<Entered>();
  // The form keeps the version that it was filled from, until the newer one is loaded into it.
  const [version, setVersion] = useState(of.version);
  const read = useWishes(customerId);
  const set = useSetWishes(onDone);
  const load = () =>
    void read.refetch().then(({ data }) => {
      if (!data) return;
      form.setFieldsValue(enteredOf(data));
      setVersion(data.version);
      set.reset();
    });
  return (
    <Form<Entered>
      form={form}
      layout="vertical"
      className="action-form"
      initialValues={enteredOf(of)}
      onFinish={(entered) => set.mutate({ ...entered, customerId, version })}
    >
      <SaveNotice error={set.error} onLoad={load} />
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

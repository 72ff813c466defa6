import { Alert, Button, Modal, Typography } from "antd";
import { useWords } from "../shared/words";

// A secret is shown here and never again.
export function SecretDialog({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useWords();
  return (
    <Modal
      open
      title={t("webhook.secretTitle")}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={
        <Button type="primary" autoFocus onClick={onClose}>
          {t("webhook.secretKept")}
        </Button>
      }
    >
      <Alert type="warning" showIcon title={t("webhook.secretOnce")} />
      <p>
        <Typography.Text
          code
          copyable={{ text: secret, tooltips: [t("common.copy"), t("common.copied")] }}
          className="digest"
          data-testid="secret"
        >
          {secret}
        </Typography.Text>
      </p>
      <p className="quiet">{t("webhook.secretHint")}</p>
    </Modal>
  );
}

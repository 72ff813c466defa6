#include "services/aftersales/api/answering.h"

namespace redress::aftersales {

void AnswerLater(CaseEngine& engine, std::unique_ptr<Command> command, platform::Done done,
                 std::function<void(const Answer&)> fill) {
  command->done = [done = std::move(done), fill = std::move(fill)](Command& finished) {
    try {
      fill(AnswerOf(finished));
      done();
    } catch (...) {
      done(std::current_exception());
    }
  };
  engine.Submit(std::move(command));
}

void RequireVersion(Command& command, std::uint32_t version) {
  command.needs_version = command.sender.kind == workflows::ActorKind::kPerson;
  command.version = version;
  if (command.needs_version && version == 0) {
    throw platform::InvalidField("version",
                                 "is missing; read the case and send the version you saw");
  }
}

}  // namespace redress::aftersales

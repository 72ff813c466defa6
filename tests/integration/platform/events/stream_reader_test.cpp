// A batch is a batch at most, whenever its messages came, and none is lost between two.

#include "services/platform/events/stream_reader.h"

#include <gtest/gtest.h>
#include <nats/nats.h>

#include <set>
#include <stdexcept>
#include <string>

#include "tests/integration/platform/events/house_of_events.h"
#include "tests/support/wait_for.h"

namespace redress::test {
namespace {

using platform::NatsConnection;
using platform::ShopId;
using platform::StreamReader;
namespace jetstream = platform::jetstream;

constexpr std::size_t kBatch = 8;
constexpr std::int64_t kSoonMs = 20;
constexpr std::int64_t kLongMs = 2'000;

class StreamReaderTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(WaitFor([&] { return nats_.Connected(); }));
    jetstream::EnsureStream(context_.get(), "order", {1 << 20, 3'600'000'000, 120'000'000});
    ASSERT_TRUE(reader_.Bind());
  }

  void Publish(int count) {
    const std::string subject = jetstream::SubjectOf("order", ShopId{1});
    for (int i = 0; i < count; ++i) {
      const std::string text = std::to_string(published_++);
      ASSERT_EQ(js_Publish(nullptr, context_.get(), subject.c_str(), text.data(),
                           static_cast<int>(text.size()), nullptr, nullptr),
                NATS_OK);
    }
  }

  // What one fetch brings, acknowledged.
  std::size_t FetchOnce(std::int64_t wait_ms) {
    const auto messages = reader_.Fetch(wait_ms);
    for (const auto& message : messages) {
      fetched_.insert({natsMsg_GetData(message.get()),
                       static_cast<std::size_t>(natsMsg_GetDataLength(message.get()))});
      reader_.Acknowledge(message);
    }
    return messages.size();
  }

  PrivateNats bus_;
  NatsConnection nats_{{.url = bus_.url(), .name = "test"}};
  jetstream::Context context_ = jetstream::OpenContext(nats_);
  StreamReader reader_{nats_, "order", "reader", 60'000'000, kBatch};
  int published_ = 0;
  std::multiset<std::string> fetched_;
};

TEST_F(StreamReaderTest, BringsEverythingInBatches) {
  constexpr int kMessages = 50;
  Publish(kMessages);
  while (fetched_.size() < kMessages) {
    const std::size_t count = FetchOnce(kLongMs);
    ASSERT_GT(count, 0u);
    ASSERT_LE(count, kBatch);
  }
  EXPECT_EQ(FetchOnce(kSoonMs), 0u);
  EXPECT_EQ(std::set(fetched_.begin(), fetched_.end()).size(), kMessages);
  EXPECT_TRUE(WaitFor([&] { return reader_.Pending() == 0; }));
}

// More than half a batch waits as the fetch begins: the request before was still open.
TEST_F(StreamReaderTest, BringsWhatCameBetweenTwoFetches) {
  Publish(1);
  ASSERT_EQ(FetchOnce(kLongMs), 1u);
  constexpr int kLate = 6;
  Publish(kLate);
  // They are on their way to us without having been asked for anew.
  while (fetched_.size() < 1 + kLate) ASSERT_GT(FetchOnce(kLongMs), 0u);
  Publish(2 * kBatch);
  while (fetched_.size() < 1 + kLate + 2 * kBatch) {
    const std::size_t count = FetchOnce(kLongMs);
    ASSERT_GT(count, 0u);
    ASSERT_LE(count, kBatch);
  }
  EXPECT_EQ(std::set(fetched_.begin(), fetched_.end()).size(), fetched_.size());
}

TEST_F(StreamReaderTest, BringsWhatWasReturnedAgainAndWhatWasDroppedNot) {
  Publish(2);
  std::vector<jetstream::Message> messages;
  while (messages.size() < 2) {
    for (auto& message : reader_.Fetch(kLongMs)) messages.push_back(std::move(message));
  }
  reader_.Return(messages[0], 1'000);
  reader_.Drop(messages[1]);
  ASSERT_EQ(FetchOnce(kLongMs), 1u);
  EXPECT_EQ(*fetched_.begin(), "0");
  EXPECT_TRUE(WaitFor([&] { return reader_.Pending() == 0; }));
}

TEST_F(StreamReaderTest, SaysThatItsConsumerIsGone) {
  ASSERT_EQ(FetchOnce(kSoonMs), 0u);
  ASSERT_EQ(js_DeleteConsumer(context_.get(), jetstream::StreamName("order").c_str(), "reader",
                              nullptr, nullptr),
            NATS_OK);
  EXPECT_THROW(FetchOnce(kLongMs), std::runtime_error);
  EXPECT_THROW(FetchOnce(kLongMs), std::runtime_error) << "until it is bound again";
  EXPECT_FALSE(reader_.Bind()) << "the stream is the same";
  Publish(1);
  EXPECT_EQ(FetchOnce(kLongMs), 1u);
}

}  // namespace
}  // namespace redress::test

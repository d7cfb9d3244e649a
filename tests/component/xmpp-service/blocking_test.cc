#include <gtest/gtest.h>

#include "common/error.h"
#include "common/uuid.h"
#include "tests/component/xmpp-service/service_fixture.h"

namespace chatwire::xmpp {
namespace {

class BlockingTest : public ServiceFixture {
 protected:
  std::string ReasonOfBlock(const v1::BlockRequest& request) {
    v1::BlockResponse response;
    return ReasonOf(FromGrpcStatus(stub_->Block(Context(token_).get(), request, &response)));
  }

  std::string ReasonOfUnblock(const v1::UnblockRequest& request) {
    v1::UnblockResponse response;
    return ReasonOf(FromGrpcStatus(stub_->Unblock(Context(token_).get(), request, &response)));
  }

  static v1::BlockRequest Block(const std::vector<std::string>& jids) {
    v1::BlockRequest request;
    for (const std::string& jid : jids) request.add_jids(jid);
    request.set_request_id(RandomUuid());
    return request;
  }

  std::string token_ = Login();
  std::unique_ptr<v1::BlockingService::Stub> stub_ = v1::BlockingService::NewStub(channel_);
};

TEST_F(BlockingTest, BadInputIsRefusedWithItsReason) {
  EXPECT_EQ(ReasonOfBlock(Block({})), "BAD_JID_COUNT");
  EXPECT_EQ(ReasonOfBlock(Block(std::vector<std::string>(101, "eve@example.org"))),
            "BAD_JID_COUNT");
  EXPECT_EQ(ReasonOfBlock(Block({"a b"})), "BAD_JID");
  EXPECT_EQ(ReasonOfBlock(Block({kBot})), "BAD_JID") << "itself";
  auto request = Block({"eve@example.org"});
  request.set_request_id("7");
  EXPECT_EQ(ReasonOfBlock(request), "BAD_REQUEST_ID");
  request = Block({"eve@example.org"});
  request.set_account(kAlice);
  EXPECT_EQ(ReasonOfBlock(request), "ACCOUNT_NOT_ALLOWED");
}

TEST_F(BlockingTest, EverybodyIsUnblockedOnlyWhenThatIsSaid) {
  v1::UnblockRequest request;
  request.set_request_id(RandomUuid());
  EXPECT_EQ(ReasonOfUnblock(request), "BAD_JID_COUNT");
  request.set_all(true);
  request.add_jids("eve@example.org");
  EXPECT_EQ(ReasonOfUnblock(request), "BAD_JID_COUNT");
  request.clear_jids();
  EXPECT_EQ(ReasonOfUnblock(request), "NO_BLOCKING") << "the fake session has no block list";
}

}  // namespace
}  // namespace chatwire::xmpp

#include <gtest/gtest.h>

#include <string>

#include "common/error.h"
#include "common/uuid.h"
#include "xmpp-service/domain/file_errors.h"
#include "xmpp-service/domain/file_name.h"
#include "xmpp-service/domain/internet_address.h"
#include "xmpp-service/domain/new_file.h"
#include "xmpp-service/domain/transfer_limit.h"
#include "xmpp-service/domain/web_url.h"

namespace chatwire::xmpp {
namespace {

TEST(FileNameTest, LosesPathsAndWhatHidesItsEnding) {
  EXPECT_EQ(SafeFileName("cat.png"), "cat.png");
  EXPECT_EQ(SafeFileName("../../etc/passwd"), "passwd");
  EXPECT_EQ(SafeFileName("C:\\Users\\a\\cat.png"), "cat.png");
  EXPECT_EQ(SafeFileName("a\nb\x01\x7f.txt"), "ab.txt");
  EXPECT_EQ(SafeFileName("cat\xe2\x80\xaegnp.exe"), "catgnp.exe");
  EXPECT_EQ(SafeFileName("a\xc2\x85"
                         "b"),
            "ab");
  EXPECT_EQ(SafeFileName(" .hidden "), "hidden");
  EXPECT_EQ(SafeFileName("tr\xc3\xa8s cool.jpg"), "tr\xc3\xa8s cool.jpg");
}

TEST(FileNameTest, IsEmptyWhereNothingIsLeft) {
  EXPECT_EQ(SafeFileName(""), "");
  EXPECT_EQ(SafeFileName("folder/"), "");
  EXPECT_EQ(SafeFileName(".."), "");
  EXPECT_EQ(SafeFileName("\xff\xfe"), "");
}

TEST(FileNameTest, IsBoundedAndKeepsItsEnding) {
  const std::string name = SafeFileName(std::string(200, 'x') + std::string(200, '\xc3') + ".png");
  EXPECT_EQ(name, "");
  const std::string cut = SafeFileName(std::string(400, 'x') + ".png");
  EXPECT_EQ(cut.size(), kMaximumFileNameBytes);
  EXPECT_EQ(cut.substr(cut.size() - 5), "x.png");
}

TEST(FileNameTest, TellsTheMediaType) {
  EXPECT_EQ(MediaTypeOf("a.PNG"), "image/png");
  EXPECT_EQ(MediaTypeOf("a.tar.gz"), "application/gzip");
  EXPECT_EQ(MediaTypeOf("README"), "application/octet-stream");
  EXPECT_EQ(MediaTypeOf("a.unheard-of"), "application/octet-stream");
  EXPECT_TRUE(IsMediaType("application/vnd.oasis.opendocument.text"));
  for (const char* bad :
       {"", "image", "image/", "/png", "image/png; a=b", "image/p\nng", "a/b/c"}) {
    EXPECT_FALSE(IsMediaType(bad)) << bad;
  }
}

TEST(WebUrlTest, TakesHttpsAndHttpOnlyIfAllowed) {
  EXPECT_TRUE(CheckUrl("https://example.org/a.png?b#c", false).ok());
  EXPECT_TRUE(CheckUrl("HTTPS://example.org", false).ok());
  EXPECT_TRUE(CheckUrl("http://example.org/", true).ok());
  for (const char* url : {"http://example.org/", "file:///etc/passwd", "ftp://example.org/",
                          "aesgcm://example.org/a#00", "gopher://example.org/"}) {
    EXPECT_EQ(ReasonOf(CheckUrl(url, false)), "URL_NOT_ALLOWED") << url;
  }
}

TEST(WebUrlTest, RefusesWhatIsReadInMoreThanOneWay) {
  for (const char* url :
       {"", "example.org/a", "/a", "https://", "https:///a", "https://:443/", "https://a b/",
        "https://user@example.org/", "https://user:secret@example.org/", "https://a\\@b/",
        "https://\xc3\xa9.org/", "https://a/\n", "://a/"}) {
    EXPECT_EQ(ReasonOf(CheckUrl(url, true)), "BAD_URL") << url;
  }
  EXPECT_EQ(ReasonOf(CheckUrl("https://a/" + std::string(kMaximumUrlBytes, 'x'), true)), "BAD_URL");
}

TEST(WebUrlTest, NamesTheFile) {
  EXPECT_EQ(FileNameOfUrl("https://a/b/tr%C3%A8s%20cool.jpg?x=/y#z"), "tr\xc3\xa8s cool.jpg");
  EXPECT_EQ(FileNameOfUrl("https://a/b/..%2f..%2fpasswd"), "passwd");
  EXPECT_EQ(FileNameOfUrl("https://a/100%.txt"), "100%.txt");
  EXPECT_EQ(FileNameOfUrl("https://a/b/"), "");
  EXPECT_EQ(FileNameOfUrl("https://a"), "");
}

TEST(InternetAddressTest, KnowsWhatIsNotPublic) {
  for (const Ipv4Address& address :
       {Ipv4Address{0, 0, 0, 0}, Ipv4Address{10, 1, 2, 3}, Ipv4Address{100, 127, 255, 255},
        Ipv4Address{127, 0, 0, 1}, Ipv4Address{169, 254, 169, 254}, Ipv4Address{172, 31, 0, 1},
        Ipv4Address{192, 168, 1, 1}, Ipv4Address{198, 19, 0, 1}, Ipv4Address{224, 0, 0, 1},
        Ipv4Address{240, 0, 0, 1}, Ipv4Address{255, 255, 255, 255}}) {
    EXPECT_FALSE(IsPublic(address)) << int{address[0]} << "." << int{address[1]};
    // The same behind ::ffff:0:0/96.
    EXPECT_FALSE(IsPublic(Ipv6Address{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, address[0],
                                      address[1], address[2], address[3]}));
  }
  for (const Ipv6Address& address :
       {Ipv6Address{}, Ipv6Address{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1},
        Ipv6Address{0xfe, 0x80}, Ipv6Address{0xfc}, Ipv6Address{0xfd, 0x12}, Ipv6Address{0xff, 2},
        Ipv6Address{0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0, 10, 0, 0, 1},
        Ipv6Address{0x20, 0x02, 10}, Ipv6Address{0x20, 0x01}, Ipv6Address{0x20, 1, 0x0d, 0xb8}}) {
    EXPECT_FALSE(IsPublic(address)) << int{address[0]} << ":" << int{address[1]};
  }
}

TEST(InternetAddressTest, KnowsWhatIsPublic) {
  for (const Ipv4Address& address :
       {Ipv4Address{1, 1, 1, 1}, Ipv4Address{9, 255, 255, 255}, Ipv4Address{100, 63, 255, 255},
        Ipv4Address{100, 128, 0, 0}, Ipv4Address{172, 15, 0, 1}, Ipv4Address{172, 32, 0, 1},
        Ipv4Address{223, 255, 255, 255}}) {
    EXPECT_TRUE(IsPublic(address)) << int{address[0]} << "." << int{address[1]};
  }
  EXPECT_TRUE(IsPublic(Ipv6Address{0x26, 0x06, 0x47}));
  EXPECT_TRUE(IsPublic(Ipv6Address{0x20, 0x01, 0x04, 0x60}));
}

TEST(TransferLimitTest, CountsByAccountAndInAll) {
  TransferLimit limit(2, 3);
  auto a1 = limit.Enter("a");
  auto a2 = limit.Enter("a");
  ASSERT_TRUE(a1.ok() && a2.ok());
  EXPECT_EQ(ReasonOf(limit.Enter("a").status()), "TOO_MANY_TRANSFERS");
  auto b1 = limit.Enter("b");
  ASSERT_TRUE(b1.ok());
  EXPECT_EQ(ReasonOf(limit.Enter("c").status()), "TOO_MANY_TRANSFERS");
  b1->reset();
  EXPECT_TRUE(limit.Enter("c").ok());
  a1->reset();
  EXPECT_TRUE(limit.Enter("a").ok());
}

class NewFileTest : public ::testing::Test {
 protected:
  std::string ReasonOfCheck() {
    NewFile copy = file_;
    return ReasonOf(CheckNewFile(copy));
  }

  NewFile file_{"bot@example.org", "Alice@Example.org", "a/cat.png", "", 7, "", "", RandomUuid()};
};

TEST_F(NewFileTest, IsBroughtIntoOneForm) {
  ASSERT_TRUE(CheckNewFile(file_).ok());
  EXPECT_EQ(file_.to, "alice@example.org");
  EXPECT_EQ(file_.file_name, "cat.png");
  EXPECT_EQ(file_.media_type, "image/png");
  NewFile other = file_;
  EXPECT_EQ(ContentOf(other), ContentOf(file_));
  other.caption = "x";
  EXPECT_NE(ContentOf(other), ContentOf(file_));
}

TEST_F(NewFileTest, IsRefusedWithItsReason) {
  const NewFile good = file_;
  const auto refused = [this, &good](auto change) {
    file_ = good;
    change(file_);
    return ReasonOfCheck();
  };
  EXPECT_EQ(refused([](NewFile& f) { f.to = "a b"; }), "BAD_JID");
  EXPECT_EQ(refused([](NewFile& f) { f.request_id = "1"; }), "BAD_REQUEST_ID");
  EXPECT_EQ(refused([](NewFile& f) { f.file_name = "../"; }), "BAD_FILE_NAME");
  EXPECT_EQ(refused([](NewFile& f) { f.media_type = "png"; }), "BAD_MEDIA_TYPE");
  EXPECT_EQ(refused([](NewFile& f) { f.size_bytes = 0; }), "BAD_FILE_SIZE");
  EXPECT_EQ(refused([](NewFile& f) { f.sha256 = "short"; }), "BAD_HASH");
  EXPECT_EQ(refused([](NewFile& f) { f.caption = std::string(4097, 'x'); }), "BAD_CAPTION");
  EXPECT_EQ(refused([](NewFile& f) { f.caption = "\x01"; }), "BAD_CAPTION");
  EXPECT_EQ(refused([](NewFile&) {}), "");
}

TEST(FileErrorTest, TellsWhichStatusIsWorthARetry) {
  EXPECT_TRUE(absl::IsNotFound(HttpStatusError(404)));
  EXPECT_TRUE(absl::IsNotFound(HttpStatusError(410)));
  EXPECT_TRUE(absl::IsUnavailable(HttpStatusError(503)));
  EXPECT_TRUE(absl::IsUnavailable(HttpStatusError(429)));
  EXPECT_TRUE(absl::IsFailedPrecondition(HttpStatusError(403)));
  EXPECT_EQ(MetadataOf(HttpStatusError(403)), (ErrorMetadata{{"httpStatus", "403"}}));
  EXPECT_EQ(MetadataOf(FileTooLarge(5)), (ErrorMetadata{{"maximumBytes", "5"}}));
}

}  // namespace
}  // namespace chatwire::xmpp

#include "cli/chat/screen_text.h"

#include <algorithm>
#include <cstdint>

#include "cli/printable.h"

namespace chatwire::cli {
namespace {

constexpr size_t kMostCombined = 4;

/// The length of the character that begins with @p lead, in bytes.
size_t LengthOf(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  return byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
}

/// The number of a character of well-formed UTF-8.
uint32_t CodeOf(const std::string& character) {
  const auto lead = static_cast<unsigned char>(character[0]);
  if (character.size() == 1) return lead;
  uint32_t code = lead & (0xffU >> (character.size() + 1));
  for (size_t i = 1; i < character.size(); ++i) {
    code = (code << 6U) | (static_cast<unsigned char>(character[i]) & 0x3fU);
  }
  return code;
}

bool ChangesWidths(uint32_t code) {
  return code == 0xad || (code >= 0x200b && code <= 0x200d) || code == 0x2060 || code == 0xfeff ||
         (code >= 0xfe00 && code <= 0xfe0f) || (code >= 0x1f3fb && code <= 0x1f3ff) ||
         (code >= 0xe0000 && code <= 0xe0fff);
}

/// One line of what Printable has made harmless.
std::string WithSettledWidths(const std::string& line) {
  constexpr uint32_t kRegionalA = 0x1f1e6;
  constexpr uint32_t kRegionalZ = 0x1f1ff;
  std::string out;
  for (size_t offset = 0; offset < line.size();) {
    const std::string character = line.substr(offset, LengthOf(line[offset]));
    offset += character.size();
    const uint32_t code = CodeOf(character);
    if (code >= kRegionalA && code <= kRegionalZ) {
      out += static_cast<char>('A' + (code - kRegionalA));
    } else if (!ChangesWidths(code)) {
      out += character;
    }
  }
  return out;
}

/// Breaks one line, which has no line breaks of its own, and appends what comes of it.
class LineBreaker {
 public:
  LineBreaker(int width, int used, std::vector<std::string>& lines)
      : width_(width), room_(width - used), lines_(lines) {}

  void Add(const Cluster& cluster) {
    if (cluster.text == " ") {
      FlushWord();
      ++blanks_;
      return;
    }
    word_.push_back(cluster);
    word_width_ += cluster.width;
  }

  void Finish() {
    FlushWord();
    EndLine();
  }

 private:
  void EndLine() {
    lines_.push_back(line_);
    line_.clear();
    line_width_ = 0;
    room_ = width_;
    blanks_ = 0;
  }

  void FlushWord() {
    if (word_.empty()) return;
    const bool fits_here = line_width_ + blanks_ + word_width_ <= room_;
    const bool shorter_here = line_width_ > 0 || room_ < width_;
    // A word that is longer than a whole line is cut where it stands.
    if (!fits_here && shorter_here && word_width_ <= width_) EndLine();
    Append({0, " ", 1}, std::min(blanks_, room_ - line_width_));
    blanks_ = 0;
    for (const Cluster& cluster : word_) Append(cluster, 1);
    word_.clear();
    word_width_ = 0;
  }

  void Append(const Cluster& cluster, int times) {
    for (int i = 0; i < times; ++i) {
      if (line_width_ + cluster.width > room_) EndLine();
      line_ += cluster.text;
      line_width_ += cluster.width;
    }
  }

  const int width_;
  int room_;
  std::vector<std::string>& lines_;
  std::string line_;
  int line_width_ = 0;
  int blanks_ = 0;
  std::vector<Cluster> word_;
  int word_width_ = 0;
};

}  // namespace

std::string ScreenText(const std::string& text) {
  std::string out;
  size_t start = 0;
  while (true) {
    const size_t end = std::min(text.find('\n', start), text.size());
    std::string line;
    for (const char c : text.substr(start, end - start)) {
      if (c == '\t') {
        line += "    ";
      } else if (c != '\r') {
        line += c;
      }
    }
    out += WithSettledWidths(Printable(line));
    if (end == text.size()) return out;
    out += '\n';
    start = end + 1;
  }
}

std::vector<Cluster> ClustersOf(const std::string& text) {
  std::vector<Cluster> clusters;
  size_t combined = 0;
  for (size_t offset = 0; offset < text.size();) {
    const std::string character = text.substr(offset, LengthOf(text[offset]));
    const int width = DisplayWidth(character);
    if (width == 0 && !clusters.empty()) {
      if (++combined <= kMostCombined) clusters.back().text += character;
    } else {
      clusters.push_back({offset, width == 0 ? " " + character : character, std::max(width, 1)});
      combined = 0;
    }
    offset += character.size();
  }
  return clusters;
}

std::string Fitted(const std::string& text, int width) {
  if (width <= 0) return "";
  std::string out;
  int used = 0;
  size_t kept = 0;
  for (const Cluster& cluster : ClustersOf(text)) {
    if (used + cluster.width > width) return out.substr(0, kept) + "…";
    out += cluster.text;
    used += cluster.width;
    if (used < width) kept = out.size();
  }
  return out;
}

std::vector<std::string> Wrapped(const std::string& text, int width, int used) {
  std::vector<std::string> lines;
  const int columns = std::max(width, 2);
  size_t start = 0;
  while (true) {
    const size_t end = std::min(text.find('\n', start), text.size());
    LineBreaker breaker(columns, lines.empty() ? std::min(used, columns) : 0, lines);
    for (const Cluster& cluster : ClustersOf(text.substr(start, end - start))) breaker.Add(cluster);
    breaker.Finish();
    if (end == text.size()) return lines;
    start = end + 1;
  }
}

}  // namespace chatwire::cli

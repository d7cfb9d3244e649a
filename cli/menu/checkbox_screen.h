#ifndef CHATWIRE_CLI_MENU_CHECKBOX_SCREEN_H_
#define CHATWIRE_CLI_MENU_CHECKBOX_SCREEN_H_

#include "absl/status/status.h"
#include "cli/command.h"

namespace chatwire::cli {

/// Shows all checkboxes as they are at every moment; the blank key turns the chosen one on or off.
/// Errors: those of CheckboxService.ListCheckboxes before there is a screen; CANCELLED/INTERRUPTED
/// after Ctrl-C or a signal.
absl::Status RunCheckboxScreen(Session& session);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_MENU_CHECKBOX_SCREEN_H_

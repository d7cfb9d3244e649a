#ifndef CHATWIRE_CLI_COMMANDS_DOCTOR_H_
#define CHATWIRE_CLI_COMMANDS_DOCTOR_H_

#include <memory>

#include "cli/command.h"

namespace chatwire::cli {

/// `chatwire doctor`.
std::unique_ptr<Command> MakeDoctorCommand();

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_COMMANDS_DOCTOR_H_

// The game's module: nothing of its own.
#include "Modules/ModuleManager.h"

IMPLEMENT_PRIMARY_GAME_MODULE(FDefaultGameModuleImpl, FastNetArena, "FastNetArena");

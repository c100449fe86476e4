using PstMigration.Mapi;

namespace PstMigration.Sandbox;

#pragma warning disable CS1591 // What each means is its advice, in the room's texts.

/// <summary>Errors of sandbox mailboxes. What each means and what to do is in the room's texts, as <c>Advice_</c> and its name.</summary>
public static class SandboxErrorIds
{
    public static readonly ErrorId NotASandbox = new(nameof(NotASandbox), ErrorKind.InvalidData, Strings.ResourceManager);
    public static readonly ErrorId SandboxCannotOpen = new(nameof(SandboxCannotOpen), ErrorKind.OpenFailed, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId SandboxNotFound = new(nameof(SandboxNotFound), ErrorKind.NotFound, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId SandboxInUse = new(nameof(SandboxInUse), ErrorKind.InUse, Strings.ResourceManager, endsRun: true);
}

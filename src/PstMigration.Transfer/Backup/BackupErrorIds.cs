using PstMigration.Mapi;

namespace PstMigration.Transfer;

#pragma warning disable CS1591 // What each means is its advice, in the room's texts.

/// <summary>Errors of backups. What each means and what to do is in the room's texts, as <c>Advice_</c> and its name.</summary>
public static class BackupErrorIds
{
    public static readonly ErrorId BackupNotFound = new(nameof(BackupNotFound), ErrorKind.NotFound, Strings.ResourceManager);
    public static readonly ErrorId BackupStateNotKept = new(nameof(BackupStateNotKept), ErrorKind.NotFound, Strings.ResourceManager);
    public static readonly ErrorId BackupExists = new(nameof(BackupExists), ErrorKind.Exists, Strings.ResourceManager);
    public static readonly ErrorId BackupFailed = new(nameof(BackupFailed), ErrorKind.Unavailable, Strings.ResourceManager);
    public static readonly ErrorId BackupFolderTaken = new(nameof(BackupFolderTaken), ErrorKind.Exists, Strings.ResourceManager);
    public static readonly ErrorId BackupPlanInvalid = new(nameof(BackupPlanInvalid), ErrorKind.InvalidData, Strings.ResourceManager);
    public static readonly ErrorId BackupPlanNotSafe = new(nameof(BackupPlanNotSafe), ErrorKind.Security, Strings.ResourceManager);
    public static readonly ErrorId BackupRunning = new(nameof(BackupRunning), ErrorKind.InUse, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId BackupDestinationMissing = new(nameof(BackupDestinationMissing), ErrorKind.Unavailable, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId BackupMailboxMoved = new(nameof(BackupMailboxMoved), ErrorKind.Changed, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId BackupNotSound = new(nameof(BackupNotSound), ErrorKind.InvalidData, Strings.ResourceManager, endsRun: true);
}

namespace PstMigration.Mapi;

#pragma warning disable CS1591 // What each means is its advice, in the room's texts.

/// <summary>Errors of files that every room meets. What each means and what to do is in the room's texts, as <c>Advice_</c> and its name.</summary>
public static class FileErrorIds
{
    public static readonly ErrorId AccessDenied = new(nameof(AccessDenied), ErrorKind.Denied, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId DiskFull = new(nameof(DiskFull), ErrorKind.WriteFailed, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId FileAccessFailed = new(nameof(FileAccessFailed), ErrorKind.ReadFailed, Strings.ResourceManager);
    public static readonly ErrorId ItemTooLarge = new(nameof(ItemTooLarge), ErrorKind.LimitExceeded, Strings.ResourceManager);
    public static readonly ErrorId NotAFile = new(nameof(NotAFile), ErrorKind.InvalidArgument, Strings.ResourceManager);
    public static readonly ErrorId PathOfOtherKind = new(nameof(PathOfOtherKind), ErrorKind.InvalidArgument, Strings.ResourceManager);
    public static readonly ErrorId PathNotFound = new(nameof(PathNotFound), ErrorKind.NotFound, Strings.ResourceManager);
}

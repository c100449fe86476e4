using PstMigration.Mapi;

namespace PstMigration.Pst;

#pragma warning disable CS1591 // What each means is its advice, in the room's texts.

/// <summary>Errors of Outlook data files. What each means and what to do is in the room's texts, as <c>Advice_</c> and its name.</summary>
public static class PstErrorIds
{
    public static readonly ErrorId PstAccessDenied = new(nameof(PstAccessDenied), ErrorKind.Denied, Strings.ResourceManager);
    public static readonly ErrorId PstChanged = new(nameof(PstChanged), ErrorKind.Changed, Strings.ResourceManager);
    public static readonly ErrorId PstDamaged = new(nameof(PstDamaged), ErrorKind.InvalidData, Strings.ResourceManager);
    public static readonly ErrorId PstDirectoryNotFound = new(nameof(PstDirectoryNotFound), ErrorKind.NotFound, Strings.ResourceManager);
    public static readonly ErrorId PstEmpty = new(nameof(PstEmpty), ErrorKind.InvalidData, Strings.ResourceManager);
    public static readonly ErrorId PstExists = new(nameof(PstExists), ErrorKind.Exists, Strings.ResourceManager);
    public static readonly ErrorId PstFolderExists = new(nameof(PstFolderExists), ErrorKind.Exists, Strings.ResourceManager);
    public static readonly ErrorId PstFolderFull = new(nameof(PstFolderFull), ErrorKind.LimitExceeded, Strings.ResourceManager);
    public static readonly ErrorId PstFolderNeeded = new(nameof(PstFolderNeeded), ErrorKind.InvalidOperation, Strings.ResourceManager);
    public static readonly ErrorId PstHeapFull = new(nameof(PstHeapFull), ErrorKind.LimitExceeded, Strings.ResourceManager);
    public static readonly ErrorId PstFormatNotWritten = new(nameof(PstFormatNotWritten), ErrorKind.NotSupported, Strings.ResourceManager);
    public static readonly ErrorId PstInUse = new(nameof(PstInUse), ErrorKind.InUse, Strings.ResourceManager);
    public static readonly ErrorId PstIsDirectory = new(nameof(PstIsDirectory), ErrorKind.InvalidArgument, Strings.ResourceManager);
    public static readonly ErrorId PstItemTooDeep = new(nameof(PstItemTooDeep), ErrorKind.LimitExceeded, Strings.ResourceManager);
    public static readonly ErrorId PstNeedsRepair = new(nameof(PstNeedsRepair), ErrorKind.InvalidData, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId PstNoSuchNode = new(nameof(PstNoSuchNode), ErrorKind.NotFound, Strings.ResourceManager);
    public static readonly ErrorId PstNodeIdsExhausted = new(nameof(PstNodeIdsExhausted), ErrorKind.LimitExceeded, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId PstNotAPst = new(nameof(PstNotAPst), ErrorKind.InvalidData, Strings.ResourceManager);
    public static readonly ErrorId PstNotFound = new(nameof(PstNotFound), ErrorKind.NotFound, Strings.ResourceManager);
    public static readonly ErrorId PstNotWritable = new(nameof(PstNotWritable), ErrorKind.Denied, Strings.ResourceManager);
    public static readonly ErrorId PstPasswordUnusable = new(nameof(PstPasswordUnusable), ErrorKind.InvalidArgument, Strings.ResourceManager);
    public static readonly ErrorId PstReadFailed = new(nameof(PstReadFailed), ErrorKind.ReadFailed, Strings.ResourceManager);
    public static readonly ErrorId PstSizeLimit = new(nameof(PstSizeLimit), ErrorKind.LimitExceeded, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId PstTooManyColumns = new(nameof(PstTooManyColumns), ErrorKind.LimitExceeded, Strings.ResourceManager);
    public static readonly ErrorId PstTooManyNames = new(nameof(PstTooManyNames), ErrorKind.LimitExceeded, Strings.ResourceManager);
    public static readonly ErrorId PstTooManySubnodes = new(nameof(PstTooManySubnodes), ErrorKind.LimitExceeded, Strings.ResourceManager);
    public static readonly ErrorId PstTruncated = new(nameof(PstTruncated), ErrorKind.InvalidData, Strings.ResourceManager);
    public static readonly ErrorId PstUnsupported = new(nameof(PstUnsupported), ErrorKind.NotSupported, Strings.ResourceManager);
    public static readonly ErrorId PstValueTooLarge = new(nameof(PstValueTooLarge), ErrorKind.LimitExceeded, Strings.ResourceManager);
    public static readonly ErrorId PstValueTruncated = new(nameof(PstValueTruncated), ErrorKind.ReadFailed, Strings.ResourceManager);
    public static readonly ErrorId PstWriteFailed = new(nameof(PstWriteFailed), ErrorKind.WriteFailed, Strings.ResourceManager, endsRun: true);
}

using PstMigration.Mapi;

namespace PstMigration.Transfer;

#pragma warning disable CS1591 // What each means is its advice, in the room's texts.

/// <summary>Errors of copying items. What each means and what to do is in the room's texts, as <c>Advice_</c> and its name.</summary>
public static class TransferErrorIds
{
    public static readonly ErrorId FolderNotCopied = new(nameof(FolderNotCopied), ErrorKind.WriteFailed, Strings.ResourceManager);
    public static readonly ErrorId FolderNotFound = new(nameof(FolderNotFound), ErrorKind.NotFound, Strings.ResourceManager);
    public static readonly ErrorId FolderNotListed = new(nameof(FolderNotListed), ErrorKind.ReadFailed, Strings.ResourceManager);
    public static readonly ErrorId ItemChangeKept = new(nameof(ItemChangeKept), ErrorKind.Exists, Strings.ResourceManager);
    public static readonly ErrorId ItemNotRemoved = new(nameof(ItemNotRemoved), ErrorKind.WriteFailed, Strings.ResourceManager);
    public static readonly ErrorId ItemOlderVersion = new(nameof(ItemOlderVersion), ErrorKind.Exists, Strings.ResourceManager);
    public static readonly ErrorId ItemDuplicate = new(nameof(ItemDuplicate), ErrorKind.Exists, Strings.ResourceManager);
    public static readonly ErrorId ItemNotCopied = new(nameof(ItemNotCopied), ErrorKind.WriteFailed, Strings.ResourceManager);
    public static readonly ErrorId ItemUnreadable = new(nameof(ItemUnreadable), ErrorKind.ReadFailed, Strings.ResourceManager);
    public static readonly ErrorId LogNotOurs = new(nameof(LogNotOurs), ErrorKind.Exists, Strings.ResourceManager);
    public static readonly ErrorId NotTakenBack = new(nameof(NotTakenBack), ErrorKind.WriteFailed, Strings.ResourceManager);
    public static readonly ErrorId SourceStays = new(nameof(SourceStays), ErrorKind.InvalidOperation, Strings.ResourceManager);
    public static readonly ErrorId TransferInUse = new(nameof(TransferInUse), ErrorKind.InUse, Strings.ResourceManager);
    public static readonly ErrorId TransferJournalInvalid = new(nameof(TransferJournalInvalid), ErrorKind.InvalidData, Strings.ResourceManager);
    public static readonly ErrorId UndoNotSupported = new(nameof(UndoNotSupported), ErrorKind.NotSupported, Strings.ResourceManager);
}

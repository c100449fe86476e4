using PstMigration.Mapi;

namespace PstMigration.Formats;

#pragma warning disable CS1591 // What each means is its advice, in the room's texts.

/// <summary>Errors of files of mail and of formats. What each means and what to do is in the room's texts, as <c>Advice_</c> and its name.</summary>
public static class FormatErrorIds
{
    public static readonly ErrorId ExportFileExists = new(nameof(ExportFileExists), ErrorKind.Exists, Strings.ResourceManager);
    public static readonly ErrorId FastTransferUnreadable = new(nameof(FastTransferUnreadable), ErrorKind.InvalidData, Strings.ResourceManager);
    public static readonly ErrorId MailFilesNotRecognized = new(nameof(MailFilesNotRecognized), ErrorKind.InvalidData, Strings.ResourceManager);
    public static readonly ErrorId MimeNotAMessage = new(nameof(MimeNotAMessage), ErrorKind.InvalidData, Strings.ResourceManager);
    public static readonly ErrorId MimeUnreadable = new(nameof(MimeUnreadable), ErrorKind.InvalidData, Strings.ResourceManager);
    public static readonly ErrorId MimeUnwritable = new(nameof(MimeUnwritable), ErrorKind.InvalidData, Strings.ResourceManager);
    public static readonly ErrorId SourceUnreadable = new(nameof(SourceUnreadable), ErrorKind.ReadFailed, Strings.ResourceManager);
    public static readonly ErrorId TreeWriteFailed = new(nameof(TreeWriteFailed), ErrorKind.WriteFailed, Strings.ResourceManager, endsRun: true);
    public static readonly ErrorId ItemHasNothing = new(nameof(ItemHasNothing), ErrorKind.NotFound, Strings.ResourceManager);
}

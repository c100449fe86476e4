using System.Globalization;
using PstMigration.Mapi;

namespace PstMigration.Pst;

/// <summary>
/// The errors of building and changing a file. Those about the file end the job; those about an item or a value leave the file as it
/// was before the item.
/// </summary>
internal static class PstWriteError
{
    /// <summary>The medium failed, or is full: DiskFull. NotAFile: the path leads to something else.</summary>
    public static PstException Failed(string path, Exception cause) => cause is NotAFileException ? new(FileErrorIds.NotAFile, cause.Message, cause)
        : DiskSpace.IsExhausted(cause)
        ? New(FileErrorIds.DiskFull, cause, Strings.PstDiskFull, path)
        : New(PstErrorIds.PstWriteFailed, cause, Strings.PstWriteFailed, path, cause.Message);

    /// <summary>The name of the file stands for it no longer: what is written to it is lost.</summary>
    public static PstException Removed(string path) => New(PstErrorIds.PstWriteFailed, null, Strings.PstRemoved, path);

    /// <summary>Another program cut or wrote the file: what was written before may be broken.</summary>
    public static PstException ChangedByAnother(string path) => New(PstErrorIds.PstWriteFailed, null, Strings.PstChangedByAnother, path);

    /// <summary>The file is of a variant that is only read.</summary>
    public static PstException FormatNotWritten(string path) => New(PstErrorIds.PstFormatNotWritten, null, Strings.PstFormatNotWritten, path);

    /// <summary>The file, or its folder, is read-only.</summary>
    public static PstException ReadOnly(string path, Exception cause) => New(PstErrorIds.PstNotWritable, cause, Strings.PstReadOnly, path);

    /// <summary>What is damaged must not be built upon.</summary>
    public static PstException NeedsRepair(string path, PstException cause) => New(PstErrorIds.PstNeedsRepair, cause, Strings.PstNeedsRepair, path, cause.Message);

    /// <summary>What is damaged must not be built upon.</summary>
    public static PstException NeedsRepair(string path, PstFinding finding) =>
        New(PstErrorIds.PstNeedsRepair, null, Strings.PstNeedsRepair, path, finding.ToString());

    /// <summary>The file exists and may not be replaced.</summary>
    public static PstException Exists(string path) => New(PstErrorIds.PstExists, null, Strings.PstExists, path);

    /// <summary>The folder of the file does not exist.</summary>
    public static PstException DirectoryNotFound(string path, Exception cause) =>
        New(PstErrorIds.PstDirectoryNotFound, cause, Strings.PstDirectoryNotFound, path);

    /// <summary>All node ids of a type are used.</summary>
    public static PstException NodeIdsExhausted() => New(PstErrorIds.PstNodeIdsExhausted, null, Strings.PstNodeIdsExhausted);

    /// <summary>A folder holds more items than its contents table can list.</summary>
    public static PstException FolderFull(string name) => New(PstErrorIds.PstFolderFull, null, Strings.PstFolderFull, name);

    /// <summary>A folder of that name exists already.</summary>
    public static PstException FolderExists(string name) => New(PstErrorIds.PstFolderExists, null, Strings.PstFolderExists, name);

    /// <summary>A value is larger than a file can hold.</summary>
    public static PstException ValueTooLarge(long length, long limit) =>
        New(PstErrorIds.PstValueTooLarge, null, Strings.PstValueTooLarge, length, limit);

    /// <summary>A value gave fewer bytes than it had said.</summary>
    public static PstException ValueTruncated(long length, long read) =>
        New(PstErrorIds.PstValueTruncated, null, Strings.PstValueTruncated, length, read);

    /// <summary>An item has more attachments and large values than a node can have.</summary>
    public static PstException TooManySubnodes(int count) => New(PstErrorIds.PstTooManySubnodes, null, Strings.PstTooManySubnodes, count);

    /// <summary>A table has more columns than the format allows.</summary>
    public static PstException TooManyColumns(int count) => New(PstErrorIds.PstTooManyColumns, null, Strings.PstTooManyColumns, count);

    /// <summary>A heap has more data than its ids can name.</summary>
    public static PstException HeapFull() => New(PstErrorIds.PstHeapFull, null, Strings.PstHeapFull);

    /// <summary>The file has more named properties than there are ids.</summary>
    public static PstException TooManyNames(int count) => New(PstErrorIds.PstTooManyNames, null, Strings.PstTooManyNames, count);

    /// <summary>Items are embedded in each other deeper than the limit.</summary>
    public static PstException TooDeep(int depth) => New(PstErrorIds.PstItemTooDeep, null, Strings.PstItemTooDeep, depth);

    /// <summary>Outlook could not take the password.</summary>
    public static PstException PasswordUnusable(int length, int codePage) =>
        New(PstErrorIds.PstPasswordUnusable, null, Strings.PstPasswordUnusable, length, codePage);

    /// <summary>The item would make the file larger than it may become.</summary>
    public static PstException SizeLimit(long limit) => New(PstErrorIds.PstSizeLimit, null, Strings.PstSizeLimit, limit);

    /// <summary>Outlook needs the folder where it is.</summary>
    public static PstException FolderNeeded(string name) => New(PstErrorIds.PstFolderNeeded, null, Strings.PstFolderNeeded, name);

    /// <summary>Whether an error is <see cref="Failed"/>.</summary>
    public static bool IsFailed(PstException error) => error.Error == PstErrorIds.PstWriteFailed || error.Error == FileErrorIds.DiskFull;

    private static PstException New(ErrorId error, Exception? cause, string format, params object[] arguments) =>
        new(error, string.Format(CultureInfo.CurrentCulture, format, arguments), cause);
}

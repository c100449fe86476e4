using System.Globalization;
using PstMigration.Mapi;

namespace PstMigration.Pst;

/// <summary>
/// A data file cannot be opened, read or written: see <see cref="PstErrorIds"/>.
/// </summary>
public sealed class PstException : MailDataException
{
    /// <summary>An error about a file.</summary>
    public PstException(ErrorId error, string message, Exception? innerException = null)
        : base(error, message, innerException)
    {
    }

    /// <summary>What is damaged, for PstDamaged.</summary>
    public PstDamage? Damage { get; private init; }

    /// <summary>Whether something in the file is damaged or missing, as opposed to the file being out of reach.</summary>
    internal bool IsAboutContent => Error == PstErrorIds.PstDamaged || Error == PstErrorIds.PstNoSuchNode;

    /// <summary>
    /// Whether the file was looked at and is no sound data file. Otherwise nothing is known of it: it is in use, nobody gave the rights, the disk or the share failed.
    /// </summary>
    public bool IsUnsound => IsAboutContent || Error.Kind is ErrorKind.InvalidData or ErrorKind.NotSupported;

    /// <summary>There is no such file.</summary>
    internal static PstException NotFound(string path) => Create(PstErrorIds.PstNotFound, Strings.PstNotFound, path);

    /// <summary>A directory was named.</summary>
    internal static PstException IsDirectory(string path) => Create(PstErrorIds.PstIsDirectory, Strings.PstIsDirectory, path);

    /// <summary>The file has no bytes.</summary>
    internal static PstException Empty(string path) => Create(PstErrorIds.PstEmpty, Strings.PstEmpty, path);

    /// <summary>The file is something else.</summary>
    internal static PstException NotAPst(string path) => Create(PstErrorIds.PstNotAPst, Strings.PstNotAPst, path);

    /// <summary>The file ends before what its header needs.</summary>
    internal static PstException Truncated(string path) => Create(PstErrorIds.PstTruncated, Strings.PstTruncated, path);

    /// <summary>Another program has it open and does not share it.</summary>
    internal static PstException InUse(string path, Exception cause) => FileHolders.Of(Path.GetFullPath(path)) is { Count: > 0 } holders
        ? new PstException(PstErrorIds.PstInUse, string.Format(CultureInfo.CurrentCulture, Strings.PstInUseBy, path, string.Join(", ", holders)), cause)
        : Create(PstErrorIds.PstInUse, Strings.PstInUse, path, cause);

    /// <summary>The rights are missing.</summary>
    internal static PstException AccessDenied(string path, Exception cause) => Create(PstErrorIds.PstAccessDenied, Strings.PstAccessDenied, path, cause);

    /// <summary>The medium or the network failed, or the path leads to no file: NotAFile.</summary>
    internal static PstException ReadFailed(string path, Exception cause) => cause is NotAFileException
        ? new(FileErrorIds.NotAFile, cause.Message, cause)
        : Create(PstErrorIds.PstReadFailed, Strings.PstReadFailed, path, cause);

    /// <summary>Another program wrote the file, and what was there is no more.</summary>
    internal static PstException Changed(string path) => Create(PstErrorIds.PstChanged, Strings.PstChanged, path);

    /// <summary>A format nobody but Outlook reads.</summary>
    internal static PstException Unsupported(string message) => new(PstErrorIds.PstUnsupported, message);

    /// <summary>There is no such node in the file.</summary>
    /// <param name="node">The node.</param>
    /// <param name="path">The file; null where it is not known.</param>
    internal static PstException NoSuchNode(NodeId node, string? path = null)
    {
        string format = node.Type switch
        {
            NodeIdType.NormalFolder or NodeIdType.SearchFolder => Strings.PstNoSuchFolder,
            NodeIdType.NormalMessage or NodeIdType.AssociatedMessage => Strings.PstNoSuchItem,
            _ => Strings.PstNoSuchNode,
        };
        string file = path is null ? "" : string.Format(CultureInfo.CurrentCulture, Strings.PstNoSuchNodeOf, path);
        return new(PstErrorIds.PstNoSuchNode, string.Format(CultureInfo.CurrentCulture, format, node, file));
    }

    /// <summary>The file is damaged so that its folders cannot be listed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="top">The folder that is missing, above all others.</param>
    internal static PstException NoFolders(string path, NodeId top) =>
        new(PstErrorIds.PstDamaged, string.Format(CultureInfo.CurrentCulture, Strings.PstNoFolders, path)) { Damage = new PstDamage(PstStructure.Node, PstDamageReason.Missing, -1, top) };

    /// <summary>Part of the file is damaged.</summary>
    internal static PstException Damaged(PstDamage damage, Exception? cause = null) =>
        new(PstErrorIds.PstDamaged, string.Format(CultureInfo.CurrentCulture, Strings.PstDamaged, damage), cause) { Damage = damage };

    /// <summary>Part of the file is damaged.</summary>
    internal static PstException Damaged(PstStructure structure, PstDamageReason reason, long offset = -1, NodeId node = default) =>
        Damaged(new PstDamage(structure, reason, offset, node));

    private static PstException Create(ErrorId error, string format, string argument, Exception? cause = null) =>
        new(error, string.Format(CultureInfo.CurrentCulture, format, argument), cause);
}

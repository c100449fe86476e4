using PstMigration.Errors;
using PstMigration.Mapi;
using PstMigration.Pst;

namespace PstMigration.Exporting;

/// <summary>One item on its way.</summary>
/// <param name="File">The open data file it is in.</param>
/// <param name="Folder">The folder it is in.</param>
/// <param name="NodeId">Its node.</param>
/// <param name="Shown">What an error is about.</param>
internal sealed record ExportEntry(PstFile File, FolderPath Folder, NodeId NodeId, object Shown)
{
    /// <summary>Where it comes from.</summary>
    internal ItemKey Key => File.KeyOf(NodeId);

    /// <summary>An item that was listed before.</summary>
    /// <exception cref="MailDataException">PstChanged: the file is not the one that was listed.</exception>
    internal static ExportEntry Of(PstFile file, PstItemInfo info) =>
        file.Generation == info.Generation && Hex.Lower(file.RecordKey.Span) == info.RecordKey
            ? new ExportEntry(file, FolderPath.Parse(info.Folder), NodeId.Parse(info.NodeId), info)
            : throw FileErrors.Changed(file.Path);

    /// <summary>Opens the item.</summary>
    /// <exception cref="MailDataException">It cannot be read.</exception>
    internal MapiItem Open() => File.OpenItem(NodeId);
}

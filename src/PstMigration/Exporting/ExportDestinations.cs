using System;
using System.Collections.Generic;
using System.IO;
using PstMigration.Formats;
using PstMigration.Mapi;

namespace PstMigration.Exporting;

/// <summary>Where the items of each data file go: below one folder, in a folder or a file with the data file's name.</summary>
/// <param name="root">The full path of the folder.</param>
/// <param name="options">What is written.</param>
internal sealed class ExportDestinations(string root, ExportOptions options)
{
    private const int NameLength = 80;
    private readonly Dictionary<string, string> _pathOfName = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Where the items of a data file go. Two files of one name get names of their own.</summary>
    internal string PathOf(string pst)
    {
        string name = SafeName.Make(Path.GetFileNameWithoutExtension(pst), NameLength, "mail");
        if (_pathOfName.TryGetValue(name, out string? owner) && owner != pst)
        {
            name += " (" + Sha256.Hex(pst).Substring(0, 8) + ")";
        }

        _pathOfName[name] = pst;
        return Path.Combine(root, options.Format == ExportFormat.Csv && !options.AttachmentOnly ? name + ".csv" : name);
    }

    /// <summary>Begins to write there.</summary>
    /// <exception cref="MailDataException">ExportFileExists, AccessDenied, DiskFull, TreeWriteFailed, SourceUnreadable.</exception>
    internal ItemExporter Open(string path)
    {
        Directory.CreateDirectory(root);
        if (options.AttachmentOnly)
        {
            return Tree(path, ItemFileFormat.Attachments);
        }

        return options.Format switch
        {
            ExportFormat.Mbox => Mbox(MboxTarget.Open(path)),
            ExportFormat.Maildir => new TargetExporter(MaildirTarget.Open(path), () => []),
            ExportFormat.Csv => new CsvExporter(path, options.Replace),
            ExportFormat.Html => Tree(path, ItemFileFormat.Html),
            ExportFormat.Text => Tree(path, ItemFileFormat.Text),
            ExportFormat.Json => Tree(path, ItemFileFormat.Json),
            _ => Tree(path, ItemFileFormat.Eml),
        };
    }

    private static TargetExporter Mbox(MboxTarget target) => new(target, () => target.CompletedFiles);

    private TreeExporter Tree(string path, ItemFileFormat format) => new(ItemFileTree.Open(
        path, format, new ItemFileOptions { Replace = options.Replace, IncludeBinary = options.IncludeBinary }));
}

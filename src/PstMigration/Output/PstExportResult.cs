using System;
using System.Collections.Generic;
using System.Linq;
using PstMigration.Formats;
using PstMigration.Mapi;

namespace PstMigration;

/// <summary>What was exported from one data file. The fates add up to <see cref="Read"/>.</summary>
public sealed class PstExportResult
{
    private readonly SortedDictionary<string, int> _losses = new(StringComparer.Ordinal);

    internal PstExportResult(string path, string destination, string format)
    {
        Path = path;
        Destination = destination;
        Format = format;
    }

    /// <summary>The data file.</summary>
    public string Path { get; }

    /// <summary>The folder or file that holds what was written.</summary>
    public string Destination { get; }

    /// <summary>Eml, Mbox, Maildir, Html, Text, Json, Csv or Attachment.</summary>
    public string Format { get; }

    /// <summary>Items that were to be exported.</summary>
    public int Read { get; private set; }

    /// <summary>Items written.</summary>
    public int Written { get; private set; }

    /// <summary>Items an earlier run had written.</summary>
    public int AlreadyThere { get; private set; }

    /// <summary>Items with nothing to write, such as those without attachments.</summary>
    public int Skipped { get; private set; }

    /// <summary>Items that could not be read or written; each was an error.</summary>
    public int Failed { get; private set; }

    /// <summary>Files written, one for each item or attachment; 0 where many items share a file.</summary>
    public int Files { get; private set; }

    /// <summary>Bytes of those files.</summary>
    public long Bytes { get; private set; }

    /// <summary>In how many items each kind of loss occurred.</summary>
    public IReadOnlyDictionary<string, int> Losses => _losses;

    /// <summary>Wall-clock time.</summary>
    public TimeSpan Duration { get; internal set; }

    internal void Add(ExportedItem? item)
    {
        Read++;
        switch (item?.Fate)
        {
            case null:
                Failed++;
                return;
            case ItemFate.AlreadyThere:
                AlreadyThere++;
                return;
            case ItemFate.Skipped:
                Skipped++;
                break;
            default:
                Written++;
                break;
        }

        AddFiles(item);
        foreach (string kind in item.Losses.Select(l => l.Kind.ToString()).Distinct())
        {
            _losses[kind] = (_losses.TryGetValue(kind, out int count) ? count : 0) + 1;
        }
    }

    internal void AddFiles(ExportedItem item)
    {
        Files += item.Files.Count;
        Bytes += item.Bytes;
    }
}

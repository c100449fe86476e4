using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using MimeKit;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// The files attached to one item, in a directory of its own. Items become .eml files. What only refers to a file elsewhere is never
/// opened. Names that meet are numbered in the order of the item.
/// </summary>
/// <param name="directory">The directory; made where there is something to put into it.</param>
/// <param name="time">The time of the item, for files that have none of their own.</param>
/// <param name="replace">Whether files that are there are written anew.</param>
internal sealed class AttachmentFiles(string directory, DateTimeOffset? time, bool replace)
{
    private const int NameLength = 100;
    private const int EndingLength = 16;

    private readonly LossList _losses = new();
    private readonly List<string> _files = [];
    private long _bytes;
    private bool _wasThere;

    /// <summary>Writes all of them.</summary>
    /// <exception cref="MailDataException">As of <see cref="ItemFileTree"/>; those before the one that failed are written.</exception>
    public ExportedItem Write(MapiItem item)
    {
        UniqueNames names = new();
        foreach (MapiAttachment attachment in item.Attachments)
        {
            if (ContentOf(attachment) is Action<Stream> content)
            {
                (string stem, string ending) = NameOf(attachment);
                Write(names.Take(stem, ending), attachment, content);
            }
        }

        ItemFate fate = _files.Count > 0 ? ItemFate.Copied : _wasThere ? ItemFate.AlreadyThere : ItemFate.Skipped;
        return new ExportedItem(fate, _files, _bytes, _losses.ToList());
    }

    private void Write(string name, MapiAttachment attachment, Action<Stream> content)
    {
        string path = Path.Combine(directory, name);
        if (!replace && File.Exists(LongPath.Of(path)))
        {
            _wasThere = true;
            return;
        }

        WholeFile.Guard(directory, () => Directory.CreateDirectory(LongPath.Of(directory)));
        _bytes += WholeFile.Write(path, attachment.Properties.GetTime(PropertyTags.LastModificationTime) ?? time, replace, content);
        _files.Add(path);
    }

    /// <summary>What writes the content; null, with a loss, where there is none here.</summary>
    private Action<Stream>? ContentOf(MapiAttachment attachment)
    {
        switch (attachment.Method)
        {
            case AttachMethod.EmbeddedMessage when attachment.HasEmbeddedItem:
                return s => MimeExport.Write(attachment.OpenEmbedded(), s).ToList().ForEach(l => _losses.Add(l.Kind, l.Detail));
            case AttachMethod.ByReference or AttachMethod.ByReferenceResolve or AttachMethod.ByReferenceOnly or AttachMethod.ByWebReference:
                _losses.Add(LossKind.AttachmentByReference, attachment.Name);
                return null;
            case AttachMethod.Ole:
                _losses.Add(LossKind.OleObject, attachment.Name);
                break;
            default:
                break;
        }

        if (attachment.Content is BinarySource source)
        {
            return target =>
            {
                using Stream stream = source.OpenRead();
                stream.CopyTo(target);
            };
        }

        _losses.Add(LossKind.Attachment, attachment.Name);
        return null;
    }

    /// <summary>The name without its ending, and an ending: its own, or that of its kind.</summary>
    private (string Stem, string Ending) NameOf(MapiAttachment attachment)
    {
        string shown = attachment.Name;
        string kind = attachment.Method switch
        {
            AttachMethod.EmbeddedMessage => ".eml",
            AttachMethod.Ole => ".ole",
            _ => "",
        };
        string safe = SafeName.Make(shown, int.MaxValue, "attachment");
        string own = Path.GetExtension(safe);
        bool hasOwn = own.Length is > 1 and <= EndingLength && own.IndexOf(' ') < 0;
        if (kind.Length == 0 && !hasOwn)
        {
            kind = MimeTypes.TryGetExtension(MimeAttachmentBuilder.TypeOf(attachment).MimeType, out string? known) && known is not null ? known : "";
        }

        string ending = kind.Length > 0 ? kind : hasOwn ? own : "";
        string stem = hasOwn && own.Equals(ending, StringComparison.OrdinalIgnoreCase) ? safe.Substring(0, safe.Length - own.Length) : safe;
        int room = LongPath.NameLength(directory, NameLength, 24) - ending.Length - Partial.Suffix.Length;
        return (SafeName.Make(stem, Math.Max(room, 8), "attachment"), ending);
    }
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>The headers at the start of a message that this project or a mail program wrote about the file, without the rest of it.</summary>
internal sealed class MessageHead
{
    /// <summary>Our own headers come first; Thunderbird and others put theirs at the start too, behind long traces at worst.</summary>
    private const int MaximumSize = 64 * 1024;

    private readonly Dictionary<string, string> _headers = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The marker of the item it is a copy of; null for mail of others.</summary>
    public ItemMarker? Marker => _headers.TryGetValue(OwnHeaders.Marker, out string? value) && value.Length == 64 ? new ItemMarker(value) : null;

    /// <summary>The state, or null where none is stored.</summary>
    public MailState? State => MailState.Parse(name => _headers.TryGetValue(name, out string? value) ? value : null);

    /// <summary>Whether the state is Thunderbird's.</summary>
    public bool IsMozilla => _headers.ContainsKey("X-Mozilla-Status");

    /// <summary>Reads the start of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maximum">Bytes to read at most.</param>
    public static MessageHead Read(string path, int maximum = MaximumSize)
    {
        byte[] bytes = new byte[maximum];
        int length = TreeFiles.Read(path, p =>
        {
            // Small and unbuffered: a tree may hold a million files.
            using FileStream stream = new(LongPath.Of(p), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
            int total = 0;
            for (int read; total < bytes.Length && (read = stream.Read(bytes, total, bytes.Length - total)) > 0;)
            {
                total += read;
            }

            return total;
        });
        MessageHead head = new();
        foreach (string line in Encoding.ASCII.GetString(bytes, 0, length).Split('\n'))
        {
            if (line.TrimEnd('\r').Length == 0)
            {
                break;
            }

            head.Take(line);
        }

        return head;
    }

    /// <summary>Takes a header line if it is one of those kept.</summary>
    /// <returns>Whether the line is one a mail program changes in place.</returns>
    public bool Take(string line)
    {
        int colon = line.IndexOf(':');
        string field = colon > 0 ? line.Substring(0, colon).TrimEnd() : "";
        bool isOwn = OwnHeaders.IsOwn(field);
        if (isOwn && !_headers.ContainsKey(field))
        {
            _headers.Add(field, line.Substring(colon + 1).Trim());
        }

        return isOwn;
    }
}

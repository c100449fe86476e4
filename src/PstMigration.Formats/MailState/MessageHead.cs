using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>The headers at the start of a message that this project or a mail program wrote about the file, without the rest of it.</summary>
internal sealed class MessageHead
{
    /// <summary>Our own headers come first, and mostly all headers fit into this.</summary>
    private const int FirstSize = 8 * 1024;

    /// <summary>Thunderbird and others put theirs at the start too, behind long traces at worst.</summary>
    private const int MaximumSize = 64 * 1024;

    private readonly Dictionary<string, string> _headers = new(StringComparer.OrdinalIgnoreCase);
    private string? _last;

    /// <summary>What is stored with a copy; null for mail of others.</summary>
    public CopyRecord? Record
    {
        get
        {
            string? marker = Find(OwnHeaders.Marker);
            string? source = Find(OwnHeaders.Source);
            return source is null && marker?.Length != 64 ? null : CopyRecord.Read(
                source,
                marker?.Length == 64 ? marker : null,
                Find(OwnHeaders.Version),
                Find(OwnHeaders.Folder),
                Find(OwnHeaders.Identity),
                Find(OwnHeaders.Losses));
        }
    }

    /// <summary>The folder a copy was put into; null where that is not stored.</summary>
    public FolderPath? Place => (Find(OwnHeaders.Place) ?? Find(OwnHeaders.Folder)) is string path ? FolderPath.Parse(path) : null;

    /// <summary>The time the file of a copy was given; null where it is not known.</summary>
    public DateTimeOffset? FileTime => OwnHeaders.ParseTime(Find(OwnHeaders.FileTime) ?? Find(OwnHeaders.Received));

    /// <summary>The state, or null where none is stored.</summary>
    public MailState? State => MailState.Parse(name => _headers.TryGetValue(name, out string? value) ? value : null);

    /// <summary>Whether the state is Thunderbird's.</summary>
    public bool IsMozilla => _headers.ContainsKey("X-Mozilla-Status");

    /// <summary>Reads the start of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="onlyProject">Whether the headers of this project are enough.</param>
    /// <exception cref="MailDataException">SourceUnreadable.</exception>
    public static MessageHead Read(string path, bool onlyProject = false) => TreeFiles.Read(path, p =>
    {
        // Small and unbuffered: a tree may hold a million files.
        using FileStream stream = new(LongPath.Of(p), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        byte[] bytes = new byte[FirstSize];
        int length = Fill(stream, bytes, 0);
        MessageHead head = new();
        if (!head.TakeAll(bytes, length, onlyProject) && length == FirstSize)
        {
            Array.Resize(ref bytes, MaximumSize);
            length = Fill(stream, bytes, length);
            head = new MessageHead();
            head.TakeAll(bytes, length, onlyProject);
        }

        return head;
    });

    /// <summary>Takes a line of the headers if it is, or goes on with, one of those kept.</summary>
    /// <returns>Whether it belongs to a header mail programs change in place.</returns>
    public bool Take(string line)
    {
        if (line.Length > 0 && line[0] is ' ' or '\t')
        {
            if (_last is not null)
            {
                _headers[_last] += (OwnHeaders.IsOfProject(_last) ? "" : " ") + line.Trim();
            }

            return _last is not null;
        }

        int colon = line.IndexOf(':');
        string field = colon > 0 ? line.Substring(0, colon).TrimEnd() : "";
        bool isOwn = OwnHeaders.IsOwn(field);
        _last = null;
        if (isOwn && !_headers.ContainsKey(field))
        {
            _headers.Add(field, line.Substring(colon + 1).Trim());
            _last = field;
        }

        return isOwn;
    }

    private static int Fill(FileStream stream, byte[] bytes, int length)
    {
        for (int read; length < bytes.Length && (read = stream.Read(bytes, length, bytes.Length - length)) > 0;)
        {
            length += read;
        }

        return length;
    }

    /// <summary>Takes the lines of the headers.</summary>
    /// <returns>Whether all that is wanted was there.</returns>
    private bool TakeAll(byte[] bytes, int length, bool onlyProject)
    {
        foreach (string line in Encoding.ASCII.GetString(bytes, 0, length).Split('\n'))
        {
            bool isOver = line.TrimEnd('\r').Length == 0;
            if (isOver || (!Take(line) && onlyProject))
            {
                return isOver || line.IndexOf(':') > 0;
            }
        }

        return false;
    }

    private string? Find(string field) => _headers.TryGetValue(field, out string? value) ? OwnHeaders.Decode(value) : null;
}

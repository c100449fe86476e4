using System;
using System.Collections.Generic;
using System.Text;
using MimeKit;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>
/// The fields of a report (RFC 3464 2.1, RFC 8098 3.1), in groups with empty lines between them. What is no field is passed over: programs on the
/// way write what they like there.
/// </summary>
internal sealed class ReportFields
{
    /// <summary>Longer parts are not looked at.</summary>
    private const int MaximumLength = 1024 * 1024;

    private readonly Dictionary<string, string> _fields = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The text of a field, unfolded; null where it is missing.</summary>
    public string? this[string name] => _fields.TryGetValue(name, out string? value) ? value : null;

    /// <summary>Reads the groups that hold any field.</summary>
    public static List<ReportFields> Read(MimePart part)
    {
        BinarySource content = PartSource.Of(part);
        string text = content.Length > MaximumLength ? "" : HtmlDecoder.Decode(content.ToArray(), 0, 0);
        List<ReportFields> groups = [];
        ReportFields group = new();
        string name = "";
        foreach (string line in text.Replace("\r\n", "\n").Replace('\r', '\n').Split('\n'))
        {
            int colon = line.IndexOf(':');
            if (string.IsNullOrWhiteSpace(line))
            {
                Close(groups, ref group);
                name = "";
            }
            else if (line[0] is ' ' or '\t')
            {
                group.Append(name, line);
            }
            else
            {
                name = colon > 0 && line.IndexOf(' ', 0, colon) < 0 ? line.Substring(0, colon) : "";
                group.Add(name, line.Substring(colon + 1));
            }
        }

        Close(groups, ref group);
        return groups;
    }

    private static void Close(List<ReportFields> groups, ref ReportFields group)
    {
        if (group._fields.Count > 0)
        {
            groups.Add(group);
            group = new ReportFields();
        }
    }

    private void Add(string name, string value)
    {
        if (name.Length > 0 && !_fields.ContainsKey(name))
        {
            _fields.Add(name, EncodedWords.Decode(value, Encoding.UTF8).Trim());
        }
    }

    private void Append(string name, string line)
    {
        if (this[name] is string begun)
        {
            _fields[name] = begun + " " + line.Trim();
        }
    }
}

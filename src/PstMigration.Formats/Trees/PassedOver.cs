using System;
using System.Collections.Generic;
using System.Linq;
using PstMigration.Mapi;

namespace PstMigration.Formats;

/// <summary>What a source of files left out, by the directory or file it is in: looked at again it is not counted twice.</summary>
/// <param name="detected">What the source was taken for.</param>
internal sealed class PassedOver(string detected)
{
    private readonly object _lock = new();
    private readonly Dictionary<string, (int Others, int Links, int Deleted)> _counts = new(StringComparer.Ordinal);

    /// <summary>What people should know.</summary>
    public SourceReport Report
    {
        get
        {
            lock (_lock)
            {
                List<SourceNotice> notices = [new SourceNotice(SourceNoticeKind.Detected, 1, detected)];
                Add(notices, _counts.Values.Sum(c => c.Others), Strings.PassedOthers);
                Add(notices, _counts.Values.Sum(c => c.Links), Strings.PassedLinks);
                Add(notices, _counts.Values.Sum(c => c.Deleted), Strings.PassedDeleted);
                return new SourceReport([], notices);
            }
        }
    }

    /// <summary>Notes what was left out of a directory or a file.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="others">Files and directories of other kinds.</param>
    /// <param name="links">Links.</param>
    /// <param name="deleted">Messages marked as deleted.</param>
    public void Set(string path, int others = 0, int links = 0, int deleted = 0)
    {
        lock (_lock)
        {
            _counts[path] = (others, links, deleted);
        }
    }

    private static void Add(List<SourceNotice> notices, int count, string text)
    {
        if (count > 0)
        {
            notices.Add(new SourceNotice(SourceNoticeKind.PassedOver, count, string.Format(Strings.Culture, text, count)));
        }
    }
}

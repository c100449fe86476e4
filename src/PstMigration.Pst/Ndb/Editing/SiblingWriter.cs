using PstMigration.Pst.Ndb.BTrees;
using PstMigration.Pst.Ndb.Disk;

namespace PstMigration.Pst.Ndb.Editing;

/// <summary>
/// Makes the children of one B-tree page anew from old pages that stay as they are and entries that need pages. Pages come out at least
/// half full, but for the last one of a level: that is where ascending ids go, and it fills up.
/// </summary>
internal sealed class SiblingWriter
{
    private readonly TreePages _pages;
    private readonly int _level;
    private readonly int _entrySize;
    private readonly int _maxCount;
    private readonly List<BTreeEntry> _children = [];
    private byte[] _buffer;
    private int _count;

    /// <summary>A writer of pages of one level.</summary>
    public SiblingWriter(TreePages pages, int level)
    {
        _pages = pages;
        _level = level;
        _entrySize = pages.EntrySize(level);
        _maxCount = pages.MaxCount(level);
        _buffer = new byte[4 * _maxCount * _entrySize];
    }

    private int MinCount => _maxCount / 2;

    /// <summary>The next page stays as it is, if the entries before it do not need its company.</summary>
    public void Keep(BTreeEntry page)
    {
        if (_count > 0 && _count < MinCount)
        {
            Absorb(page, before: false);
        }
        else
        {
            WriteAll(fill: false);
            _children.Add(page);
        }
    }

    /// <summary>The next entry; its bytes are to be filled in at once.</summary>
    public Span<byte> Add()
    {
        if (_count == 3 * _maxCount)
        {
            WriteFirst(_maxCount);
        }

        return _buffer.AsSpan(_count++ * _entrySize, _entrySize);
    }

    /// <summary>Writes what is left.</summary>
    /// <param name="isLast">Whether nothing of this level comes after it.</param>
    /// <returns>The pages, in order.</returns>
    public List<BTreeEntry> Complete(bool isLast)
    {
        if (_count > 0 && _count < MinCount && !isLast && _children.Count > 0)
        {
            BTreeEntry last = _children[^1];
            _children.RemoveAt(_children.Count - 1);
            Absorb(last, before: true);
        }

        WriteAll(fill: isLast);
        return _children;
    }

    private void Absorb(BTreeEntry entry, bool before)
    {
        BTreePage page = _pages.Read(entry, _level);
        int length = page.Count * _entrySize;
        int start = before ? 0 : _count * _entrySize;
        if (before)
        {
            Buffer.BlockCopy(_buffer, 0, _buffer, length, _count * _entrySize);
        }

        for (int i = 0; i < page.Count; i++)
        {
            page.Entry(i)[.._entrySize].CopyTo(_buffer.AsSpan(start + (i * _entrySize)));
        }

        _count += page.Count;
        _pages.Drop(entry.Child);
    }

    private void WriteAll(bool fill)
    {
        for (int pages = (_count + _maxCount - 1) / _maxCount; pages > 0; pages--)
        {
            WriteFirst(fill ? Math.Min(_count, _maxCount) : (_count + pages - 1) / pages);
        }
    }

    private void WriteFirst(int count)
    {
        _children.Add(_pages.Write(_buffer, count, _level));
        _count -= count;
        Buffer.BlockCopy(_buffer, count * _entrySize, _buffer, 0, _count * _entrySize);
    }
}

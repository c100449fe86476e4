using System.Globalization;
using System.Text;

namespace PstMigration.Mapi;

/// <summary>The footnotes and endnotes of a document, which stand together behind its text.</summary>
internal sealed class RtfNotes
{
    private readonly StringBuilder _html = new();
    private int _count;
    private RtfRunWriter? _runs;
    private RtfBlocks? _blocks;
    private StringBuilder? _marker;

    /// <summary>Whether a note is being read. A note within a note is a part of it.</summary>
    public bool IsOpen => _blocks is not null;

    /// <summary>Begins a note, keeping what was being written.</summary>
    public void Begin(RtfRunWriter runs, RtfBlocks blocks, StringBuilder? marker)
    {
        (_runs, _blocks, _marker) = (runs, blocks, marker);
        _count++;
    }

    /// <summary>Ends the note; gives back what was being written.</summary>
    public (RtfRunWriter Runs, RtfBlocks Blocks, StringBuilder? Marker) End(string html)
    {
        _html.Append(html);
        (RtfRunWriter Runs, RtfBlocks Blocks, StringBuilder? Marker) outside = (_runs!, _blocks!, _marker);
        _blocks = null;
        return outside;
    }

    /// <summary>The number of a note, in its text and where it belongs; each leads to the other. It stands before its note.</summary>
    public string Mark()
    {
        string number = (IsOpen ? _count : _count + 1).ToString(CultureInfo.InvariantCulture);
        return IsOpen
            ? "<a href=\"#_ftnref" + number + "\" name=\"_ftn" + number + "\">" + number + "</a>"
            : "<a href=\"#_ftn" + number + "\" name=\"_ftnref" + number + "\">" + number + "</a>";
    }

    /// <summary>All notes behind a line; empty where there are none.</summary>
    public string ToHtml() => _html.Length == 0 ? "" : "<hr align=\"left\" size=\"1\" width=\"33%\">\n" + _html;
}

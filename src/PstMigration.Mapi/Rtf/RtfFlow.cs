using System.Globalization;
using System.Text;

namespace PstMigration.Mapi;

/// <summary>A sequence of paragraphs, lists and tables: the document or one cell.</summary>
internal sealed class RtfFlow
{
    private const int MaximumListDepth = 9;
    private StringBuilder _html = new();
    private readonly List<OpenList> _lists = [];
    private string _frame = "";

    /// <summary>Adds a paragraph or a table.</summary>
    /// <param name="html">Its HTML.</param>
    /// <param name="frame">CSS of the box it stands in; what stands in the same box one after the other has one box.</param>
    public void AddBlock(string html, string frame = "")
    {
        CloseLists(0);
        SetFrame(frame);
        _html.Append(html);
    }

    /// <summary>A list item. Deeper indents nest; the same indent continues a list of the same kind.</summary>
    public void AddItem(string html, string markerText, int indent, string style)
    {
        SetFrame("");
        while (_lists.Count > 0 && (_lists[^1].Indent > indent || (_lists[^1].Indent < indent && _lists.Count >= MaximumListDepth)))
        {
            CloseLists(_lists.Count - 1);
        }

        bool isSameLevel = _lists.Count > 0 && _lists[^1].Indent == indent;
        RtfListMarker marker = RtfListMarker.Parse(markerText, isSameLevel ? _lists[^1].Last : null);
        if (isSameLevel && _lists[^1].Last.Kind != marker.Kind)
        {
            CloseLists(_lists.Count - 1);
            isSameLevel = false;
        }

        if (isSameLevel)
        {
            _html.Append("</li>\n");
            _lists[^1] = _lists[^1] with { Last = marker };
        }
        else
        {
            _html.Append(Opening(marker));
            _lists.Add(new OpenList(indent, marker));
        }

        _html.Append("<li");
        if (marker.IsOrdered)
        {
            _html.Append(" value=\"").Append(marker.Value.ToString(CultureInfo.InvariantCulture)).Append('"');
        }

        _html.Append(style.Length > 0 ? " style=\"" + style + "\">" : ">");
        if (marker.Kind.Length == 0 && marker.Text.Length > 0)
        {
            _html.Append(HtmlText.Attribute(marker.Text)).Append(' ');
        }

        _html.Append(html);
    }

    /// <summary>The HTML so far, with what stands before and behind it; the flow begins anew.</summary>
    public string Finish(string before = "", string behind = "")
    {
        CloseLists(0);
        SetFrame("");
        _html.Insert(0, before).Append(behind);
        string html = _html.ToString();

        // Clearing would keep room for as much again, of which a document has no use.
        _html = new StringBuilder();
        return html;
    }

    private void SetFrame(string frame)
    {
        if (frame == _frame)
        {
            return;
        }

        _html.Append(_frame.Length > 0 ? "</div>\n" : "").Append(frame.Length > 0 ? "<div style=\"" + frame + "\">\n" : "");
        _frame = frame;
    }

    private static string Opening(RtfListMarker marker) =>
        marker.IsOrdered ? "<ol type=\"" + marker.Kind + "\">\n"
        : marker.Kind.Length > 0 ? "<ul type=\"" + marker.Kind + "\">\n"
        : "<ul style=\"list-style-type:none\">\n";

    private void CloseLists(int keep)
    {
        while (_lists.Count > keep)
        {
            _html.Append(_lists[^1].Last.IsOrdered ? "</li>\n</ol>\n" : "</li>\n</ul>\n");
            _lists.RemoveAt(_lists.Count - 1);
        }
    }

    private sealed record OpenList(int Indent, RtfListMarker Last);
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace PstMigration.Mapi;

/// <summary>Puts paragraphs into lists, cells, rows and tables. What stands in a cell is a <see cref="RtfFlow"/> of its own.</summary>
internal sealed class RtfBlocks(RtfColors colors)
{
    private const int MaximumTableDepth = 16;

    /// <summary>0 is the document, n the open cell of the table n deep.</summary>
    private readonly List<RtfFlow> _flows = [new RtfFlow()];
    private readonly List<RtfTable> _tables = [];

    public void AddParagraph(string html, RtfParagraphFormat format, string? marker)
    {
        int depth = DepthOf(format);
        MoveTo(depth);
        RtfFlow flow = _flows[depth];
        if (marker is not null)
        {
            int indent = format.Left > 0 ? format.Left : format.ListLevel * 360;
            flow.AddItem(html, marker, indent, ItemStyle(format));
        }
        else
        {
            string content = html.Length == 0 ? "&nbsp;" : html;
            string direction = format.RightToLeft ? " dir=\"rtl\"" : "";
            flow.AddBlock("<p" + direction + " style=\"" + Style(format) + "\">" + content + "</p>\n");
        }
    }

    public void EndCell(RtfParagraphFormat format, bool isNested)
    {
        int depth = CellDepth(format, isNested);
        MoveTo(depth);
        _tables[depth - 1].AddCell(_flows[depth].Finish());
    }

    public void EndRow(RtfParagraphFormat format, RtfRowDefinition definition, bool isNested)
    {
        int depth = CellDepth(format, isNested);
        MoveTo(depth);
        _tables[depth - 1].EndRow(definition);
    }

    public string Finish()
    {
        MoveTo(0);
        return _flows[0].Finish();
    }

    private static int DepthOf(RtfParagraphFormat format) =>
        Math.Min(format.TableDepth is int depth && depth >= 0 ? depth : format.InTable ? 1 : 0, MaximumTableDepth);

    private static int CellDepth(RtfParagraphFormat format, bool isNested) => isNested ? Math.Max(DepthOf(format), 2) : 1;

    private void MoveTo(int depth)
    {
        while (_tables.Count > depth)
        {
            RtfTable table = _tables[^1];
            string rest = _flows[^1].Finish();
            _tables.RemoveAt(_tables.Count - 1);
            _flows.RemoveAt(_flows.Count - 1);
            _flows[^1].AddBlock(table.ToHtml(colors) + table.TakeLooseCells() + rest);
        }

        while (_tables.Count < depth)
        {
            _tables.Add(new RtfTable());
            _flows.Add(new RtfFlow());
        }
    }

    private static string ItemStyle(RtfParagraphFormat format) => format.Alignment switch
    {
        RtfAlignment.Center => "text-align:center",
        RtfAlignment.Right => "text-align:right",
        _ => "",
    };

    private string Style(RtfParagraphFormat format)
    {
        int before = format.AutomaticBefore ? RtfParagraphFormat.AutomaticSpace : format.Before;
        int after = format.AutomaticAfter ? RtfParagraphFormat.AutomaticSpace : format.After;
        StringBuilder style = new("margin:");
        style.Append((before | format.Right | after | format.Left) == 0
            ? "0"
            : string.Join(" ", Points(before), Points(format.Right), Points(after), Points(format.Left)));
        if (format.FirstLine != 0)
        {
            style.Append(";text-indent:").Append(Points(format.FirstLine));
        }

        string? align = format.Alignment switch
        {
            RtfAlignment.Center => "center",
            RtfAlignment.Right => "right",
            RtfAlignment.Justified => "justify",
            _ => null,
        };
        if (align is not null)
        {
            style.Append(";text-align:").Append(align);
        }

        if (colors[format.Background] is string background)
        {
            style.Append(";background-color:").Append(background);
        }

        return style.ToString();
    }

    /// <summary>Twips as CSS points; what no page is wide enough for is cut.</summary>
    internal static string Points(int twips)
    {
        int sane = Math.Min(Math.Max(twips, -31680), 31680);
        return sane == 0 ? "0" : (sane / 20.0).ToString("0.##", CultureInfo.InvariantCulture) + "pt";
    }
}

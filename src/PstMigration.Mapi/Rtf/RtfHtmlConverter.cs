using System.Globalization;
using System.Text;

namespace PstMigration.Mapi;

/// <summary>Follows RTF and gives each thing to who writes it: runs, paragraphs, tables, pictures, fields.</summary>
internal sealed class RtfHtmlConverter : RtfInterpreter
{
    /// <summary>Characters of markup a paragraph or a cell may come to; they count against the limit.</summary>
    private const int ParagraphCost = 128;
    private const int CellCost = 320;
    private const int FrameCost = 320;
    private const int MaximumName = 256;

    private readonly RtfToHtmlOptions _options;
    private readonly RtfColors _colors = new();
    private readonly RtfNotes _notes = new();
    private readonly Stack<State> _outer = new();
    private readonly List<RtfPicture> _pictures = [];
    private readonly StringBuilder _bookmark = new();
    private readonly RtfTextWriter? _text;
    private RtfRunWriter _runs;
    private RtfBlocks _blocks;
    private StringBuilder _marker = new();
    private State _state = State.Initial;
    private RtfRowDefinition _row = new();
    private RtfRowDefinition _nestedRow = new();
    private RtfPictureReader? _picture;
    private bool _hasMarker;
    private bool _hasBase;
    private long _room;
    private long _pictureRoom;
    private bool _isWhole = true;
    private int _placeholders;

    /// <summary>A converter for one document.</summary>
    /// <param name="options">How it converts.</param>
    /// <param name="text">Takes the text in the same pass; null where nobody wants it.</param>
    public RtfHtmlConverter(RtfToHtmlOptions options, RtfTextWriter? text = null)
    {
        _options = options;
        _text = text;
        _room = options.MaximumLength;
        _pictureRoom = options.MaximumPicturesSize;
        _runs = new RtfRunWriter(Fonts, _colors);
        _blocks = new RtfBlocks(_colors);
    }

    public RtfHtml Convert(ReadOnlySpan<byte> rtf)
    {
        Interpret(rtf);
        if (_notes.IsOpen)
        {
            EndNote();
        }

        if (_runs.Length > 0)
        {
            EndParagraph();
        }

        string html = _blocks.Finish(
            "<!DOCTYPE html>\n<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\"></head>\n<body style=\""
                + _runs.FontStyle(_runs.Base, always: true).TrimEnd(';') + "\">\n",
            _notes.ToHtml() + "</body></html>\n");
        return new RtfHtml(html, _pictures, _room > 0 && _isWhole);
    }

    protected override void OnGroupStart()
    {
        _text?.BeginGroup();
        _outer.Push(_state);
        _state.BeginsNote = _state.BeginsField = false;
    }

    protected override void OnGroupEnd(RtfDestination destination)
    {
        _text?.EndGroup(destination, Destination);
        if (destination == RtfDestination.FieldInstruction)
        {
            _state.Field?.EndInstruction();
        }
        else if (destination == RtfDestination.Picture)
        {
            EndPicture();
        }
        else if (destination == RtfDestination.Bookmark)
        {
            EndBookmark();
        }
        else if (_state.BeginsNote)
        {
            EndNote();
        }
        else if (_state.BeginsField && _runs.Writes == _state.Writes && _state.Field?.Text is RtfFieldText shown)
        {
            WriteHtml(shown.Html);
        }

        _state = _outer.Pop();
    }

    protected override void OnDestination(string word, int? parameter)
    {
        _text?.BeginDestination(word);
        switch (word)
        {
            case "pict":
                _picture = new RtfPictureReader();
                break;
            case "fldrslt":
                _state.Format.Link = _state.Field?.Link ?? _state.Format.Link;
                break;
            case "listtext" or "pntext":
                _marker.Clear();
                _hasMarker = true;
                break;
            case "bkmkstart":
                _bookmark.Clear();
                break;
            case "footnote" when !_notes.IsOpen:
                BeginNote();
                break;
            default:
                break;
        }
    }

    protected override void OnText(string text)
    {
        _text?.Text(text, Destination);
        switch (Destination)
        {
            case RtfDestination.Body when !_state.Format.Hidden:
                _state.Format.Font = Font;
                if (!_hasBase)
                {
                    // What the text begins with is most likely what it goes on with.
                    _hasBase = true;
                    _runs.Base = new RtfCharacterFormat { Font = Font, HalfPoints = _state.Format.HalfPoints };
                }

                int before = _runs.Length;
                _runs.Write(text.Length > _room ? text.Substring(0, (int)Math.Max(_room, 0)) : text, _state.Format);
                Spend(_runs.Length - before);
                break;
            case RtfDestination.Bookmark when _bookmark.Length < MaximumName:
                _bookmark.Append(text);
                break;
            case RtfDestination.ListText when _marker.Length < 64:
                _marker.Append(text);
                break;
            case RtfDestination.ColorTable:
                _colors.TakeText(text);
                break;
            case RtfDestination.FieldInstruction:
                _state.Field?.TakeText(text);
                break;
            default:
                break;
        }
    }

    protected override void OnHex(ReadOnlySpan<byte> digits) => _picture?.TakeHex(digits);

    protected override void OnBinary(ReadOnlySpan<byte> bytes)
    {
        if (Destination == RtfDestination.Picture)
        {
            _picture?.TakeBytes(bytes);
        }
    }

    protected override void OnWord(string word, int? parameter)
    {
        _text?.Word(word, parameter, Destination);
        switch (Destination)
        {
            case RtfDestination.ColorTable:
                _colors.SetPart(word, parameter ?? 0);
                break;
            case RtfDestination.Picture:
                _picture?.TakeWord(word, parameter ?? 0);
                break;
            case RtfDestination.NestedTable:
                TakeRowWord(word, parameter, ref _nestedRow, isNested: true);
                break;
            case RtfDestination.Body:
                _ = RtfFormatWords.TakeCharacter(word, parameter, ref _state.Format)
                    || TakeBodyWord(word)
                    || RtfFormatWords.TakeParagraph(word, parameter, ref _state.Paragraph)
                    || TakeRowWord(word, parameter, ref _row, isNested: false);
                break;
            default:
                break;
        }
    }

    private bool TakeBodyWord(string word)
    {
        switch (word)
        {
            case "par" or "sect" or "page":
                EndParagraph();
                return true;
            case "line" or "lbr" or "softline":
                WriteHtml("<br>");
                return true;
            case "cell" or "nestcell":
                if (!_runs.IsEmpty || _hasMarker)
                {
                    EndParagraph();
                }

                _blocks.EndCell(_state.Paragraph, word == "nestcell");
                Spend(CellCost);
                return true;
            case "field":
                _state.Field = new RtfField();
                _state.BeginsField = true;
                _state.Writes = _runs.Writes;
                return true;
            case "chftn":
                WriteHtml(_notes.Mark());
                return true;
            case "objattph":
                if (_options.AttachmentPlaceholder?.Invoke(_placeholders++) is { Length: > 0 } html)
                {
                    WriteHtml(html);
                }

                return true;
            default:
                return false;
        }
    }

    private bool TakeRowWord(string word, int? parameter, ref RtfRowDefinition row, bool isNested)
    {
        switch (word)
        {
            case "trowd":
                row = new RtfRowDefinition();
                return true;
            case "row" or "nestrow":
                _blocks.EndRow(_state.Paragraph, row, isNested || word == "nestrow");
                Spend(ParagraphCost);
                return true;
            default:
                return row.Take(word, parameter ?? 0);
        }
    }

    private void EndParagraph()
    {
        string? marker = _hasMarker ? _marker.ToString() : null;
        _hasMarker = false;
        _marker.Clear();
        Spend(ParagraphCost + (_state.Paragraph.Borders.IsDrawn ? FrameCost : 0));
        _blocks.AddParagraph(_runs.Finish(), _state.Paragraph, marker);
    }

    private void EndBookmark()
    {
        string name = RtfField.PlaceName(_bookmark.ToString());
        if (name.Length > 0)
        {
            Spend(name.Length + ParagraphCost);
            _runs.WriteAnchor(name);
        }
    }

    /// <summary>A note stands aside: the paragraph it belongs to goes on behind it.</summary>
    private void BeginNote()
    {
        _notes.Begin(_runs, _blocks, _hasMarker ? _marker : null);
        _runs = new RtfRunWriter(Fonts, _colors) { Base = _runs.Base };
        _blocks = new RtfBlocks(_colors);
        _marker = new StringBuilder();
        _hasMarker = false;
        _state.BeginsNote = true;
        _state.Paragraph = default;
        _state.Format = new RtfCharacterFormat();
        Spend(ParagraphCost);
    }

    private void EndNote()
    {
        if (!_runs.IsEmpty)
        {
            EndParagraph();
        }

        (_runs, _blocks, StringBuilder? marker) = _notes.End(_blocks.Finish());
        _hasMarker = marker is not null;
        _marker = marker ?? new StringBuilder();
    }

    private void EndPicture()
    {
        RtfPictureReader? picture = _picture;
        _picture = null;
        if (picture is null || picture.MimeType.Length == 0 || _state.Format.Hidden || (_options.OnlyShownPictures && !picture.IsShown))
        {
            return;
        }

        if (picture.Size > _pictureRoom)
        {
            _isWhole = false;
            return;
        }

        _pictureRoom -= picture.Size;
        if (_options.EmbedPictures)
        {
            if (picture.IsShown)
            {
                _state.Format.Font = Font;
                Spend(ParagraphCost);
                string data = System.Convert.ToBase64String(picture.ToFile());
                _runs.WriteHtml("<img src=\"data:" + picture.MimeType + ";base64," + data + "\" alt=\"\"" + picture.SizeAttributes() + ">", _state.Format);
            }

            return;
        }

        string id = "picture" + (_pictures.Count + 1).ToString(CultureInfo.InvariantCulture) + "@" + _options.ContentIdDomain;
        _pictures.Add(new RtfPicture(id, picture.MimeType, picture.ToFile()));
        WriteHtml("<img src=\"cid:" + HtmlText.Attribute(id) + "\" alt=\"\"" + picture.SizeAttributes() + ">");
    }

    private void WriteHtml(string html)
    {
        _state.Format.Font = Font;
        Spend(html.Length);
        _runs.WriteHtml(html, _state.Format);
    }

    private void Spend(long characters)
    {
        _room -= characters;
        IsStopped |= _room <= 0;
    }

    private struct State
    {
        public RtfCharacterFormat Format;
        public RtfParagraphFormat Paragraph;
        public RtfField? Field;

        /// <summary>The group itself is that of a field; what was written before it.</summary>
        public bool BeginsField;
        public int Writes;

        /// <summary>The group itself is that of a note.</summary>
        public bool BeginsNote;

        public static State Initial => new() { Format = new RtfCharacterFormat() };
    }
}

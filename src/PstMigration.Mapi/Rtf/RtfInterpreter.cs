using System.Text;

namespace PstMigration.Mapi;

/// <summary>
/// Follows the groups, fonts, code pages and destinations of RTF and hands text and words to what derives from it.
/// Groups are kept on a stack of its own: nothing recurses. What the document does not close is closed at its end.
/// </summary>
internal abstract class RtfInterpreter
{
    /// <summary>Groups deeper than this share the state of the one they stand in.</summary>
    private const int MaximumDepth = 4096;

    /// <summary>Bytes of a run of text that are decoded at once, where that can be done.</summary>
    private const int LongestPiece = 64 * 1024;

    private readonly RtfWords _words = new();
    private readonly Stack<Group> _groups = new();
    private Group _group;
    private int _depthBeyond;
    private int _skip;
    private bool _isOptional;
    private byte[] _pending = new byte[256];
    private int _pendingLength;

    /// <summary>The document's fonts.</summary>
    protected RtfFonts Fonts { get; } = new();

    /// <summary>What the text is for at this place.</summary>
    protected RtfDestination Destination => _group.Destination;

    /// <summary>The font at this place.</summary>
    protected int Font => _group.Font;

    /// <summary>The font where none is named, from <c>\deff</c>.</summary>
    protected int DefaultFont { get; private set; }

    /// <summary>Whether bytes in picture fonts are turned into the characters they show.</summary>
    protected virtual bool DecodesSymbols => true;

    /// <summary>Set to end the reading early.</summary>
    protected bool IsStopped { get; set; }

    protected void Interpret(ReadOnlySpan<byte> rtf)
    {
        _group = new Group { UnicodeSkip = 1 };
        RtfReader reader = new(rtf, _words);
        while (!IsStopped)
        {
            RtfToken token = reader.Read();
            if (token == RtfToken.End)
            {
                break;
            }

            Take(token, ref reader);
        }

        Flush();
        while (_groups.Count > 0 && !IsStopped)
        {
            Close();
        }
    }

    /// <summary>Decoded text, of the current destination.</summary>
    protected abstract void OnText(string text);

    /// <summary>A control word the interpreter itself has no use for.</summary>
    protected virtual void OnWord(string word, int? parameter)
    {
    }

    /// <summary>A group begins; its destination is not known yet.</summary>
    protected virtual void OnGroupStart()
    {
    }

    /// <summary>The group turned out to be of the current destination; <paramref name="word"/> said so.</summary>
    protected virtual void OnDestination(string word, int? parameter)
    {
    }

    /// <summary>A group of <paramref name="destination"/> ends; the state is still its own.</summary>
    protected virtual void OnGroupEnd(RtfDestination destination)
    {
    }

    /// <summary>Raw bytes, of a picture.</summary>
    protected virtual void OnBinary(ReadOnlySpan<byte> bytes)
    {
    }

    /// <summary>A part of the hexadecimal digits of a picture, which is never decoded as text: it may be most of the document.</summary>
    protected virtual void OnHex(ReadOnlySpan<byte> digits)
    {
    }

    private void Take(RtfToken token, ref RtfReader reader)
    {
        switch (token)
        {
            case RtfToken.GroupStart:
                Flush();
                Open();
                break;
            case RtfToken.GroupEnd:
                Flush();
                Close();
                break;
            case RtfToken.Text:
                TakeText(reader.Bytes);
                break;
            case RtfToken.Byte when _skip > 0:
            case RtfToken.Binary when _skip > 0:
            case RtfToken.Symbol when _skip > 0 && reader.Value != '*':
                _skip--;
                break;
            case RtfToken.Byte:
                Append(reader.Value);
                break;
            case RtfToken.Binary:
                if (Destination != RtfDestination.Skipped)
                {
                    OnBinary(reader.Bytes);
                }

                break;
            case RtfToken.Symbol:
                TakeSymbol(reader.Value);
                break;
            case RtfToken.Word:
                TakeWord(reader.Word, reader.Parameter);
                break;
            default:
                break;
        }
    }

    private void Open()
    {
        _skip = 0;
        _isOptional = false;
        if (_groups.Count >= MaximumDepth)
        {
            _depthBeyond++;
            return;
        }

        _groups.Push(_group);
        _group.IsDestinationStart = false;
        OnGroupStart();
    }

    private void Close()
    {
        _skip = 0;
        _isOptional = false;
        if (_depthBeyond > 0)
        {
            _depthBeyond--;
        }
        else if (_groups.Count > 0)
        {
            OnGroupEnd(_group.IsDestinationStart ? _group.Destination : RtfDestination.Body);
            _group = _groups.Pop();
        }
    }

    private void TakeText(ReadOnlySpan<byte> bytes)
    {
        int skipped = Math.Min(_skip, bytes.Length);
        _skip -= skipped;
        bytes = bytes[skipped..];
        if (bytes.IsEmpty || Destination == RtfDestination.Skipped)
        {
            return;
        }

        if (Destination == RtfDestination.Picture)
        {
            OnHex(bytes);
            return;
        }

        // A space is no half of a character, in no code page: a text that is very long need not be held as a whole.
        while (bytes.Length > LongestPiece && bytes[..LongestPiece].LastIndexOf((byte)' ') is int space and >= 0)
        {
            Gather(bytes[..(space + 1)]);
            Flush();
            if (IsStopped)
            {
                return;
            }

            bytes = bytes[(space + 1)..];
        }

        Gather(bytes);
    }

    private void Gather(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_pending.AsSpan(_pendingLength));
        _pendingLength += bytes.Length;
    }

    private void Append(byte b)
    {
        if (Destination is not (RtfDestination.Skipped or RtfDestination.Picture))
        {
            Reserve(1);
            _pending[_pendingLength++] = b;
        }
    }

    private void Reserve(int count)
    {
        if (_pendingLength + count > _pending.Length)
        {
            Array.Resize(ref _pending, Math.Max(_pendingLength + count, _pending.Length * 2));
        }
    }

    private void TakeSymbol(byte symbol)
    {
        if (symbol == '*')
        {
            _isOptional = true;
            return;
        }

        switch (symbol)
        {
            case (byte)'\\' or (byte)'{' or (byte)'}':
                // May be the second half of a two-byte character.
                Append(symbol);
                break;
            case (byte)'\n':
                TakeWord("par", null);
                break;
            case (byte)'~':
                Say("\u00A0");
                break;
            case (byte)'_':
                Say("\u2011");
                break;
            case (byte)'-':
                Say("\u00AD");
                break;
            case (byte)'\t':
                Say("\t");
                break;
            default:
                break;
        }
    }

    private void TakeWord(string word, int? parameter)
    {
        if (_skip > 0 && RtfSpecialCharacters.Find(word) is not null)
        {
            _skip--;
            return;
        }

        // A writer that leaves the replacement of \u out must not cost the paragraph mark behind it.
        _skip = 0;
        Flush();
        bool isOptional = _isOptional;
        _isOptional = false;
        if (Destination == RtfDestination.Skipped)
        {
            return;
        }

        RtfDestination? destination = RtfDestinations.Find(word, isOptional);
        if (destination is RtfDestination found)
        {
            // Directly after the brace is where destinations stand; \htmltag and the like elsewhere make no group.
            _group.Destination = found;
            _group.IsDestinationStart = true;
            if (found != RtfDestination.Skipped)
            {
                OnDestination(word, parameter);
            }

            return;
        }

        if (!TakeOwnWord(word, parameter ?? 0, parameter is null))
        {
            if (RtfSpecialCharacters.Find(word) is string text)
            {
                Say(text);
            }
            else
            {
                OnWord(word, parameter);
            }
        }
    }

    private bool TakeOwnWord(string word, int number, bool isBare)
    {
        bool inFontTable = Destination == RtfDestination.FontTable;
        switch (word)
        {
            case "u" when !isBare:
                TakeUnicode((char)(ushort)number);
                return true;
            case "uc":
                _group.UnicodeSkip = Math.Min(Math.Max(isBare ? 1 : number, 0), 16);
                return true;
            case "f":
                _group.Font = number;
                return inFontTable;
            case "plain":
                _group.Font = DefaultFont;
                return false;
            case "deff":
                _group.Font = DefaultFont = number;
                return true;
            case "fcharset" when inFontTable:
                Fonts.SetCharset(_group.Font, number);
                return true;
            case "cpg" when inFontTable:
                Fonts.SetCodePage(_group.Font, number);
                return true;
            case "ansicpg" when CodePages.Find(number) is not null:
                Fonts.DefaultCodePage = number;
                return true;
            case "mac":
                Fonts.DefaultCodePage = 10000;
                return true;
            case "pc":
                Fonts.DefaultCodePage = 437;
                return true;
            case "pca":
                Fonts.DefaultCodePage = 850;
                return true;
            default:
                return false;
        }
    }

    private void TakeUnicode(char c)
    {
        _skip = _group.UnicodeSkip;
        bool isPrivateSymbol = c is >= '\uF020' and <= '\uF0FF';
        Say(DecodesSymbols && isPrivateSymbol && Destination != RtfDestination.FontTable
            ? SymbolFonts.Decode(Fonts.NameOf(Font) ?? "Symbol", (byte)c)
            : c.ToString());
    }

    private void Say(string text)
    {
        Flush();
        if (Destination == RtfDestination.FontTable)
        {
            Fonts.AppendName(_group.Font, text);
        }
        else if (Destination != RtfDestination.Skipped)
        {
            OnText(text);
        }
    }

    /// <summary>Decodes the bytes gathered so far: both halves of a two-byte character may have come by different tokens.</summary>
    private void Flush()
    {
        if (_pendingLength == 0)
        {
            return;
        }

        int length = _pendingLength;
        _pendingLength = 0;
        bool isSymbol = DecodesSymbols && Destination is RtfDestination.Body or RtfDestination.ListText && Fonts.IsSymbol(Font);
        if (isSymbol)
        {
            StringBuilder text = new(length);
            for (int i = 0; i < length; i++)
            {
                text.Append(SymbolFonts.Decode(Fonts.NameOf(Font), _pending[i]));
            }

            Say(text.ToString());
            return;
        }

        Encoding encoding = Destination is RtfDestination.HtmlTag or RtfDestination.FieldInstruction
            ? Fonts.DefaultEncoding
            : Fonts.EncodingFor(Font);
        Say(encoding.GetString(_pending, 0, length));
    }

    private struct Group
    {
        public int Font;
        public int UnicodeSkip;
        public RtfDestination Destination;

        /// <summary>The group itself opened the destination; groups inside it only inherit it.</summary>
        public bool IsDestinationStart;
    }
}

using System.Text;

namespace PstMigration.Mapi;

/// <summary>Takes the original HTML or text out of RTF that carries it ([MS-OXRTFEX]).</summary>
public static class RtfDecapsulator
{
    /// <summary>Characters of output a caller takes who names no limit: 16 Mi, as many as a stored text may have that is read as a whole.</summary>
    public const int DefaultMaximumLength = PropertyValue.LargestInMemory / sizeof(char);

    /// <summary>[MS-OXRTFEX] 2.1.3.1: the mark stands among the first ten tokens.</summary>
    private const int TokensToLookAt = 10;

    /// <summary>Recognises RTF made from HTML or text.</summary>
    public static RtfEncapsulation Recognize(ReadOnlySpan<byte> rtf)
    {
        RtfReader reader = new(rtf, new RtfWords(TokensToLookAt));
        for (int i = 0; i < TokensToLookAt; i++)
        {
            RtfToken token = reader.Read();
            if (token is not (RtfToken.GroupStart or RtfToken.Word) || (i == 0 && token != RtfToken.GroupStart))
            {
                return RtfEncapsulation.None;
            }

            if (token == RtfToken.Word)
            {
                switch (reader.Word)
                {
                    case "fromhtml":
                        return reader.Parameter is null or 1 ? RtfEncapsulation.Html : RtfEncapsulation.None;
                    case "fromtext":
                        return RtfEncapsulation.Text;
                    case "fonttbl" or "colortbl" or "pard":
                        return RtfEncapsulation.None;
                    default:
                        break;
                }
            }
        }

        return RtfEncapsulation.None;
    }

    /// <summary>The original.</summary>
    /// <returns>HTML or text, or null where the RTF was not made from any.</returns>
    public static string? Decapsulate(ReadOnlySpan<byte> rtf, out RtfEncapsulation kind, int maximumLength = DefaultMaximumLength) =>
        Decapsulate(rtf, out kind, out _, maximumLength);

    /// <summary>The original, or its beginning where it has more characters than are taken.</summary>
    internal static string? Decapsulate(ReadOnlySpan<byte> rtf, out RtfEncapsulation kind, out bool isCut, int maximumLength = DefaultMaximumLength)
    {
        kind = Recognize(rtf);
        Reader reader = new(kind, maximumLength);
        string? original = kind == RtfEncapsulation.None ? null : reader.Read(rtf);
        isCut = reader.IsCut;
        return original;
    }

    private sealed class Reader(RtfEncapsulation kind, int maximumLength) : RtfInterpreter
    {
        private readonly StringBuilder _output = new();

        /// <summary>Whether text is for readers of RTF only; each group has its own answer.</summary>
        private readonly Stack<bool> _outer = new();
        private bool _isForRtfOnly;

        /// <summary>Whether there was more than is taken.</summary>
        public bool IsCut => IsStopped;

        protected override bool DecodesSymbols => false;

        public string Read(ReadOnlySpan<byte> rtf)
        {
            Interpret(rtf);
            return _output.ToString();
        }

        protected override void OnGroupStart() => _outer.Push(_isForRtfOnly);

        protected override void OnGroupEnd(RtfDestination destination) => _isForRtfOnly = _outer.Pop();

        protected override void OnWord(string word, int? parameter)
        {
            switch (word)
            {
                case "htmlrtf":
                    _isForRtfOnly = parameter is not 0;
                    break;
                case "par" or "line":
                    OnText("\r\n");
                    break;
                default:
                    break;
            }
        }

        protected override void OnText(string text)
        {
            bool isWanted = Destination == RtfDestination.HtmlTag
                ? kind == RtfEncapsulation.Html
                : Destination == RtfDestination.Body && !_isForRtfOnly;
            if (!isWanted)
            {
                return;
            }

            int room = maximumLength - _output.Length;
            _output.Append(text, 0, Math.Min(room, text.Length));
            IsStopped = text.Length >= room;
        }
    }
}

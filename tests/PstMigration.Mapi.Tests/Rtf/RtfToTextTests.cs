using System.Text;
using Xunit;

namespace PstMigration.Mapi.Tests.Rtf;

public sealed class RtfToTextTests
{
    [Theory]
    [InlineData(@"{\rtf1 one\par two\line three\tab four}", "one\r\ntwo\r\nthree\tfour")]
    [InlineData(@"{\rtf1 a{\v hidden}b{\deleted gone}c}", "abc")]
    [InlineData(@"{\rtf1{\header head}{\footer foot}{\info{\title t}}body}", "body")]
    [InlineData(@"{\rtf1{\field{\*\fldinst HYPERLINK ""http://x""}{\fldrslt link}}}", "link")]
    [InlineData(@"{\rtf1{\fonttbl{\f0 Arial;}{\f1\fcharset2 Symbol;}}{\pntext\f1\'b7\tab}item\par}", "•\titem\r\n")]
    [InlineData(@"{\rtf1\trowd\cellx100\cellx200\intbl a\cell b\cell\row}", "a\tb\t\r\n")]
    [InlineData(@"{\rtf1{\upr{ansi}{\*\ud{\u26085 ?}}}}", "日")]
    [InlineData(@"{\rtf1\ansicpg932 \'82\'a0A\'83\\}", "あAソ")]
    [InlineData(@"{\rtf1 100\%{\bin3 }}}x}", "100x")]
    public void Gives_the_text(string rtf, string text) => Assert.Equal(text, RtfToText.Convert(Encoding.ASCII.GetBytes(rtf)));
}

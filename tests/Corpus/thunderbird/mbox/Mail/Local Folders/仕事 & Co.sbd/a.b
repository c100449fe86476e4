From - Mon Nov 30 06:02:48 2026
X-Mozilla-Status: 0001
X-Mozilla-Status2: 00000000
X-Mozilla-Keys:                                                                                 
From: A <a@example.jp>
To: b@example.com
Subject: indots
Date: Tue, 03 Mar 2015 10:20:30 +0900
Message-ID: <indots@tb.example>
Content-Type: text/plain; charset=utf-8

>From here on text of indots

>From another line


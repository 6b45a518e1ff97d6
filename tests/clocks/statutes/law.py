# SPDX-License-Identifier: EUPL-1.2
"""What the laws say of each term, typed from them: how long, from when it counts, what an answer does to it.

Length: bd business days, cd calendar days, m months, h hours. Start: `moved` (to the next business
day: Chile, what people file; Peru, access by internet), `office` (also when it comes after hours),
`real`. Wait: - none, w waits, a begins again.
"""

_TABLE = """
CL.SAIP 20bd moved a
CL.SAIP.FIX 5bd real -
CL.SAIP.3P 2bd moved -
CL.SAIP.3P.OBJECT 3bd real -
CL.SAIP.DERIV 5bd moved -
CL.SAIP.AMPARO 15bd real -
CL.SAIP.CPLT 10bd real -
CL.SAIP.CPLT.DECIDE 5bd real -
CL.SAIP.CPLT.COURT 15cd real -
CL.PROC 6m moved -
CL.PROC.FIX 5bd real -
CL.INT 10bd real -
CL.INT.HANDOVER 24h moved -
CL.INT.ORDER 48h moved -
CL.INT.DECIDE 20bd real -
CL.OIRS 20bd moved w
CL.MUNI 30bd moved -
CL.MUNI.ILEGAL 30bd real -
CL.MUNI.ILEGAL.DECIDE 15bd moved -
CL.MUNI.ILEGAL.COURT 15bd real -
CL.SIL+ 5bd moved -
CL.SIL+.SUPERIOR 24h moved -
CL.REC 5bd real -
CL.REC.OTHERS 5bd real -
CL.REC.DECIDE 30bd moved -
CL.REC.REVIEW 12m real -
CL.ABANDON 30bd real -
CL.ABANDON.WARN 7bd real -
CL.NOTIF 5bd real -
CL.NOTIF.LETTER 3bd real -
CL.NOTIF.DDU 3bd real -
CL.ARCO.OLD 2bd moved -
CL.ARCO 30cd moved -
CL.ARCO.BLOCK 2bd moved -
CL.ARCO.APPEAL 30bd real -
PE.LR 30bd real w
PE.LR.FIX 2bd real -
PE.LR.EVAL 3bd real -
PE.LR.MOVE 2bd real -
PE.LR.DUP 5bd real -
PE.LR.PICK 30bd real -
PE.SALUD 30bd real -
PE.SALUD.CONSULTA 5bd real -
PE.SAIP 10bd office a
PE.SAIP.ASK 2bd office -
PE.SAIP.FIX 2bd real -
PE.SAIP.EXTEND 2bd office -
PE.SAIP.APPEAL 15bd real -
PE.SAIP.APPEAL.LAW 15cd real -
PE.SAIP.TRIBUNAL 10bd real -
PE.SAIP.TRIBUNAL.ADMIT 7bd mesa -
PE.SAIP.DERIV 4bd office -
PE.SAIP.COST 9bd office -
PE.SAIP.COST.UNPAID 30cd real -
PE.SAIP.DIRECT 5bd office -
PE.PROC 30bd mesa a
PE.PROC.FIX 2bd real -
PE.PROC.ASK 2bd mesa -
PE.SIL+ 35bd mesa a
PE.REC 15bd real -
PE.REC.DECIDE 15bd real -
PE.REC.DECIDE.REG 30bd mesa -
PE.REC.APPEAL 30bd real -
PE.QUEJA 3bd mesa -
PE.INT 7bd real -
PE.INT.MINOR 3bd real -
PE.INT.PARTY 10bd real -
PE.INT.NOTIFY 5bd real -
PE.ARCO 20bd real a
PE.ARCO.INFO 8bd real a
PE.ARCO.RECT 10bd real a
PE.ARCO.FIX 5bd real -
PE.ARCO.MORE 10bd real -
PE.ARCO.MORE.ASK 7bd real -
ES.QYS 20bd real w
ES.QYS.FIX 10bd real -
ES.SAIP 1m real w
ES.SAIP.FIX 10bd real -
ES.SAIP.3P 15bd real -
ES.SAIP.CTBG 1m real -
ES.SAIP.CTBG.DECIDE 3m real -
ES.SAIP.GIVE 10bd real -
ES.PROC 3m real w
ES.PROC.MAX 6m real -
ES.PROC.FIX 10bd real -
ES.ALZADA 1m real -
ES.REPOSICION 1m real -
ES.INFO10 10bd real -
ES.NOTIF 10bd real -
ES.NOTIF.UNREAD 10cd real -
ES.SUSP 3m real -
ES.PET 3m real w
ES.PET.ACK 10bd real -
ES.PET.INADMIT 45bd real -
ES.PET.FORWARD 10bd real -
ES.PET.FIX 15bd real -
ES.ACC 20bd real w
ES.ACC.FIX 10bd real -
ES.ACC.CLAIM 2m real -
ES.INFORM 3m real -
ES.INFORM.ACK 7cd real -
ES.INFORM.MEET 7cd real -
ES.RGPD 1m real -
"""
LAW = {line.split()[0]: tuple(line.split()[1:]) for line in _TABLE.strip().splitlines()}
EXTENDED = {
    "CL.SAIP": "30bd",
    "CL.PROC": "9m",
    "CL.OIRS": "30bd",
    "CL.ARCO": "60cd",
    "PE.INT": "10bd",
    "PE.ARCO": "40bd",
    "PE.ARCO.RECT": "20bd",
    "ES.SAIP": "2m",
    "ES.PROC": "6m",
    "ES.PROC.FIX": "15bd",
    "ES.INFORM": "6m",
    "ES.RGPD": "3m",
}
